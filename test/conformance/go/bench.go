package main

import (
	"crypto/x509"
	"encoding/pem"
	"os"
)

// bench reads a bundle, whose first certificate is the root, and counts those that it signed.
func bench() {
	rest, err := os.ReadFile(os.Args[2])
	if err != nil {
		panic(err)
	}
	var options x509.VerifyOptions
	valid := 0
	for {
		var found *pem.Block
		found, rest = pem.Decode(rest)
		if found == nil {
			break
		}
		certificate, err := x509.ParseCertificate(found.Bytes)
		if err != nil {
			panic(err)
		}
		if options.Roots == nil {
			options.Roots = x509.NewCertPool()
			options.Roots.AddCert(certificate)
			continue
		}
		options.CurrentTime = certificate.NotBefore
		if _, err := certificate.Verify(options); err == nil {
			valid++
		}
	}
	answer(valid)
}
