// Command dialer makes the TLS handshake of Knative's activator with queue-proxies: for every line of JSON on standard
// input it dials a server that presents the given certificate, and answers with one line: "ok" or the error.
// The trust pool and the check of names are those of serving pkg/activator/certificate/{cache,tls_context}.go.
// A line with only "check" asks whether net-kourier takes a bundle (pkg/generator/ingress_translator.go).
package main

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"log"
	"net"
	"os"
	"time"
)

type question struct {
	// CaCrt is ca.crt of routing-serving-certs.
	CaCrt string `json:"caCrt"`
	// Bundles are the data values of labelled ConfigMaps.
	Bundles []string `json:"bundles"`
	// Certificate and Key are what the queue-proxy presents.
	Certificate string `json:"certificate"`
	Key         string `json:"key"`
	// Namespace is that of the revision.
	Namespace string `json:"namespace"`
	// Check is a bundle.
	Check *string `json:"check"`
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 16<<20)
	answers := json.NewEncoder(os.Stdout)
	for lines.Scan() {
		var asked question
		if err := json.Unmarshal(lines.Bytes(), &asked); err != nil {
			log.Fatal(err)
		}
		answer := "ok"
		if err := look(asked); err != nil {
			answer = err.Error()
		}
		if err := answers.Encode(answer); err != nil {
			log.Fatal(err)
		}
	}
}

func look(asked question) error {
	if asked.Check != nil {
		return checkBundle([]byte(*asked.Check))
	}
	return dial(asked)
}

func checkBundle(bundle []byte) error {
	for block, rest := pem.Decode(bundle); block != nil || len(rest) > 0; block, rest = pem.Decode(rest) {
		if block == nil {
			return errors.New("something that is no PEM follows the last block")
		}
		if block.Type != "CERTIFICATE" {
			return fmt.Errorf("a block is a %s", block.Type)
		}
		if _, err := x509.ParseCertificate(block.Bytes); err != nil {
			return err
		}
	}
	return nil
}

func dial(asked question) error {
	pool, err := trustPool(asked)
	if err != nil {
		return err
	}
	certificate, err := tls.X509KeyPair([]byte(asked.Certificate), []byte(asked.Key))
	if err != nil {
		return fmt.Errorf("queue-proxy: %w", err)
	}
	client, server := net.Pipe()
	deadline := time.Now().Add(10 * time.Second)
	client.SetDeadline(deadline)
	server.SetDeadline(deadline)
	defer client.Close()
	go func() {
		defer server.Close()
		presenting := &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS13}
		connection := tls.Server(server, presenting)
		if connection.Handshake() == nil {
			connection.Write([]byte{0})
		}
	}()
	dialing := &tls.Config{
		RootCAs:          pool,
		ServerName:       "data-plane.knative.dev",
		MinVersion:       tls.VersionTLS13,
		VerifyConnection: verifySAN("kn-user-" + asked.Namespace),
	}
	return tls.Client(client, dialing).Handshake()
}

func trustPool(asked question) (*x509.CertPool, error) {
	pool := x509.NewCertPool()
	if asked.CaCrt != "" {
		block, _ := pem.Decode([]byte(asked.CaCrt))
		if block == nil {
			return nil, errors.New("activator exits: ca.crt of routing-serving-certs is no PEM")
		}
		if ca, err := x509.ParseCertificate(block.Bytes); err == nil {
			pool.AddCert(ca)
		}
	}
	for _, bundle := range asked.Bundles {
		pool.AppendCertsFromPEM([]byte(bundle))
	}
	return pool, nil
}

func verifySAN(san string) func(tls.ConnectionState) error {
	return func(state tls.ConnectionState) error {
		for _, name := range state.PeerCertificates[0].DNSNames {
			if name == san {
				return nil
			}
		}
		return fmt.Errorf("san %q does not have a matching name in %v", san, state.PeerCertificates[0].DNSNames)
	}
}
