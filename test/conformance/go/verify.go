package main

import (
	"crypto/x509"
	"time"
)

// verify builds chains at a given time; an empty answer is a valid one.
func verify() {
	var questions []struct {
		Leaf          []byte
		Roots         string
		Intermediates string
		DNSName       string
		Now           time.Time
	}
	read(&questions)
	answers := make([]string, len(questions))
	for i, question := range questions {
		leaf, err := x509.ParseCertificate(question.Leaf)
		if err != nil {
			answers[i] = "PARSE: " + err.Error()
			continue
		}
		options := x509.VerifyOptions{
			DNSName: question.DNSName, CurrentTime: question.Now,
			Roots: x509.NewCertPool(), Intermediates: x509.NewCertPool(),
		}
		options.Roots.AppendCertsFromPEM([]byte(question.Roots))
		options.Intermediates.AppendCertsFromPEM([]byte(question.Intermediates))
		if _, err = leaf.Verify(options); err != nil {
			answers[i] = err.Error()
		}
	}
	answer(answers)
}

// parse says why each is no certificate; an empty answer is one.
func parse() {
	var certificates [][]byte
	read(&certificates)
	answers := make([]string, len(certificates))
	for i, der := range certificates {
		if _, err := x509.ParseCertificate(der); err != nil {
			answers[i] = err.Error()
		}
	}
	answer(answers)
}
