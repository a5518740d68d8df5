package main

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"math/rand"
	"net"
	"slices"
	"strings"
	"time"
)

type world struct {
	Port    int
	CaCrt   string
	Bundles [][]string
	// What the activator wants of the certificate.
	ServerName, User string
}

type trusting struct {
	// What the activator says of the server; empty where the handshake goes well.
	Activator string `json:"activator"`
	// What net-kourier may hand to its gateway, in the orders that came up; none where it refuses to.
	Chains []string `json:"chains"`
}

// trust puts together the trust of the activator and of net-kourier from the texts of a cluster.
func trust() {
	var worlds []world
	read(&worlds)
	answers := make([]trusting, len(worlds))
	for i, one := range worlds {
		answers[i] = trusting{asActivator(one), asKourier(one)}
	}
	answer(answers)
}

// asActivator takes the first block of ca.crt, whatever it is, and every bundle beside it.
func asActivator(one world) (says string) {
	defer func() {
		if recover() != nil {
			says = "the process crashes"
		}
	}()
	roots := x509.NewCertPool()
	if one.CaCrt != "" {
		block, _ := pem.Decode([]byte(one.CaCrt))
		if ca, err := x509.ParseCertificate(block.Bytes); err == nil {
			roots.AddCert(ca)
		}
	}
	for _, keys := range one.Bundles {
		for _, text := range keys {
			roots.AppendCertsFromPEM([]byte(text))
		}
	}
	config := &tls.Config{RootCAs: roots, ServerName: one.ServerName, MinVersion: tls.VersionTLS13}
	config.VerifyConnection = func(state tls.ConnectionState) error {
		if names := state.PeerCertificates[0].DNSNames; !slices.Contains(names, one.User) {
			return fmt.Errorf("%s does not have a matching name in %v", one.User, names)
		}
		return nil
	}
	dialer := &net.Dialer{Timeout: 10 * time.Second}
	connection, err := tls.DialWithDialer(dialer, "tcp", fmt.Sprintf("127.0.0.1:%d", one.Port), config)
	if err != nil {
		return err.Error()
	}
	connection.Close()
	return ""
}

// asKourier joins whole texts, ca.crt first, then those of bundles in any order.
func asKourier(one world) []string {
	texts := []string{}
	for _, keys := range one.Bundles {
		texts = append(texts, keys...)
	}
	found := []string{}
	for range 12 {
		rand.Shuffle(len(texts), func(i, j int) { texts[i], texts[j] = texts[j], texts[i] })
		chain := []string{}
		for _, text := range append([]string{one.CaCrt}, texts...) {
			if text != "" && whole(text) {
				chain = append(chain, text)
			}
		}
		if joined := strings.Join(chain, "\n"); joined != "" && !slices.Contains(found, joined) {
			found = append(found, joined)
		}
	}
	return found
}

// whole is true where a text holds certificates, and nothing stands behind the last.
func whole(text string) bool {
	rest := []byte(text)
	for len(rest) > 0 {
		var block *pem.Block
		block, rest = pem.Decode(rest)
		if block == nil || block.Type != "CERTIFICATE" {
			return false
		}
		if _, err := x509.ParseCertificate(block.Bytes); err != nil {
			return false
		}
	}
	return true
}
