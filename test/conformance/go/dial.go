package main

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"time"
)

// dial opens TLS as the activator does: a pool of its own, TLS 1.3, one server name.
func dial() {
	var endpoints []struct {
		Port       int
		Roots      string
		ServerName string
	}
	read(&endpoints)
	answers := make([]string, len(endpoints))
	for i, endpoint := range endpoints {
		roots := x509.NewCertPool()
		roots.AppendCertsFromPEM([]byte(endpoint.Roots))
		config := &tls.Config{RootCAs: roots, ServerName: endpoint.ServerName, MinVersion: tls.VersionTLS13}
		dialer := &net.Dialer{Timeout: 10 * time.Second}
		connection, err := tls.DialWithDialer(dialer, "tcp", fmt.Sprintf("127.0.0.1:%d", endpoint.Port), config)
		if err != nil {
			answers[i] = err.Error()
			continue
		}
		connection.Close()
	}
	answer(answers)
}
