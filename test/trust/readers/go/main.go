// Writes what the readers of Knative's components make of texts that are put together from pieces: each reader is the
// code of that component, on Go's own encoding/pem and crypto/x509.
// Usage: go run . pieces > ../pieces.json    go run . < ../pieces.json > ../table.json
package main

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	mathrand "math/rand"
	"os"
	"slices"
	"strings"
	"time"
)

// A piece of a text, by a name of its own.
type piece struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

// What each reader keeps of the pieces in `of`: their common names, "refused" or "panics".
type row struct {
	Of      []int  `json:"of"`
	Append  string `json:"append"`
	First   string `json:"first"`
	Kourier string `json:"kourier"`
	Contour string `json:"contour"`
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == "pieces" {
		write(pieces())
		return
	}
	var all []piece
	check(json.NewDecoder(os.Stdin).Decode(&all))
	rows := []row{}
	for _, of := range combinations(len(all)) {
		var text strings.Builder
		for _, i := range of {
			text.WriteString(all[i].Text)
		}
		rows = append(rows, rowOf(of, []byte(text.String())))
	}
	var out bytes.Buffer
	out.WriteString("[\n")
	for i, one := range rows {
		line, err := json.Marshal(one)
		check(err)
		out.Write(line)
		if i < len(rows)-1 {
			out.WriteString(",")
		}
		out.WriteString("\n")
	}
	out.WriteString("]\n")
	_, err := os.Stdout.Write(out.Bytes())
	check(err)
}

// Each alone, every pair, and longer ones at random, the same in every run.
func combinations(n int) [][]int {
	found := [][]int{}
	for i := range n {
		found = append(found, []int{i})
		for j := range n {
			found = append(found, []int{i, j})
		}
	}
	random := mathrand.New(mathrand.NewSource(1))
	for range 1500 {
		of := []int{}
		for range 3 + random.Intn(5) {
			of = append(of, random.Intn(n))
		}
		found = append(found, of)
	}
	return found
}

func rowOf(of []int, text []byte) row {
	return row{of, appendCerts(text), firstBlock(text), kourier(text), contour(text)}
}

// x509.CertPool.AppendCertsFromPEM, which tells nobody what it took.
func appendCerts(text []byte) string {
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(text)
	kept := []*x509.Certificate{}
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		if block.Type != "CERTIFICATE" || len(block.Headers) != 0 {
			continue
		}
		if certificate, err := x509.ParseCertificate(block.Bytes); err == nil {
			kept = append(kept, certificate)
		}
	}
	same := x509.NewCertPool()
	for _, certificate := range kept {
		same.AddCert(certificate)
	}
	if !pool.Equal(same) {
		panic("AppendCertsFromPEM keeps something else")
	}
	return names(kept)
}

// serving pkg/activator/certificate/cache.go addSecretCAIfPresent
func firstBlock(text []byte) (result string) {
	defer func() {
		if recover() != nil {
			result = "panics"
		}
	}()
	if len(text) == 0 {
		return ""
	}
	block, _ := pem.Decode(text)
	certificate, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		return ""
	}
	return names([]*x509.Certificate{certificate})
}

// net-kourier pkg/generator/ingress_translator.go checkCertBundle
func kourier(text []byte) string {
	kept := []*x509.Certificate{}
	for block, rest := pem.Decode(text); block != nil || len(rest) > 0; block, rest = pem.Decode(rest) {
		if block == nil || block.Type != "CERTIFICATE" {
			return "refused"
		}
		certificate, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return "refused"
		}
		kept = append(kept, certificate)
	}
	return names(kept)
}

// contour internal/dag/secret.go validateCABundle
func contour(text []byte) string {
	exists := false
	for containsPEMHeader(text) {
		block, rest := pem.Decode(text)
		if block == nil || block.Type != "CERTIFICATE" {
			return "refused"
		}
		text = rest
		exists = true
	}
	if !exists {
		return "refused"
	}
	return "taken"
}

func containsPEMHeader(data []byte) bool {
	start := bytes.Index(data, []byte("-----BEGIN"))
	if start == -1 {
		return false
	}
	end := bytes.Index(data[start+10:], []byte("-----"))
	if end == -1 {
		return false
	}
	return !bytes.Contains(data[start:start+end], []byte("\n"))
}

func names(certificates []*x509.Certificate) string {
	found := []string{}
	for _, certificate := range certificates {
		found = append(found, certificate.Subject.CommonName)
	}
	return strings.Join(found, " ")
}

func pieces() []piece {
	a, b, c := authority("A"), authority("B"), authority("C")
	key := block("PRIVATE KEY", []byte("not a key, and nobody looks"))
	spoilt := slices.Clone(a)
	spoilt[5] ^= 0xff
	return []piece{
		{"A", block("CERTIFICATE", a)},
		{"B", block("CERTIFICATE", b)},
		{"C with CRLF", strings.ReplaceAll(block("CERTIFICATE", c), "\n", "\r\n")},
		{"B on one line", oneLine("CERTIFICATE", b)},
		{"B with blanks at the ends of lines", strings.ReplaceAll(block("CERTIFICATE", b), "\n", " \t\n")},
		{"C without a line break at its end", strings.TrimSuffix(block("CERTIFICATE", c), "\n")},
		{"B with an empty line after BEGIN", strings.Replace(block("CERTIFICATE", b), "-----\n", "-----\n\n", 1)},
		{"B with an empty line in its data", emptyLineInside(block("CERTIFICATE", b))},
		{"C with headers", headered("CERTIFICATE", c)},
		{"C indented", indented(block("CERTIFICATE", c))},
		{"C with only END indented", strings.Replace(block("CERTIFICATE", c), "-----END", "  -----END", 1)},
		{"C with its data indented", indentedData(block("CERTIFICATE", c))},
		{"C with carriage returns only", strings.ReplaceAll(block("CERTIFICATE", c), "\n", "\r")},
		{"C as TRUSTED CERTIFICATE", block("TRUSTED CERTIFICATE", c)},
		{"C as X509 CERTIFICATE", block("X509 CERTIFICATE", c)},
		{"C as certificate", block("certificate", c)},
		{"C in six dashes", strings.ReplaceAll(block("CERTIFICATE", c), "-----", "------")},
		{"C in base64url", strings.NewReplacer("+", "-", "/", "_").Replace(block("CERTIFICATE", c))},
		{"C without padding", strings.ReplaceAll(block("CERTIFICATE", append(slices.Clone(c), 0)), "=", "")},
		{"C and a byte", block("CERTIFICATE", append(slices.Clone(c), 0))},
		{"A and B in one block", block("CERTIFICATE", append(slices.Clone(a), b...))},
		{"spoilt DER", block("CERTIFICATE", spoilt)},
		{"spoilt base64", strings.Replace(block("CERTIFICATE", a), "\nMII", "\n*II", 1)},
		{"text on the END line", strings.TrimSuffix(block("CERTIFICATE", c), "\n") + " # C\n"},
		{"another END", strings.Replace(block("CERTIFICATE", c), "END CERTIFICATE", "END X509 CRL", 1)},
		{"no END", strings.Split(block("CERTIFICATE", c), "-----END")[0]},
		{"no BEGIN", strings.SplitAfterN(block("CERTIFICATE", c), "\n", 2)[1]},
		{"empty block", "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n"},
		{"private key", key},
		{"byte order mark", "\ufeff"},
		{"comment", "# the CA of Knative\n"},
		{"bag attributes", "Bag Attributes\n    friendlyName: ca\nsubject=/CN=C\n"},
		{"empty line", "\n"},
		{"blanks", "  "},
		{"text without a line break", "ca.crt: "},
		{"dashes", "-----\n"},
	}
}

func authority(name string) []byte {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	check(err)
	template := &x509.Certificate{
		SerialNumber:          big.NewInt(1),
		Subject:               pkix.Name{CommonName: name},
		NotBefore:             time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC),
		NotAfter:              time.Date(2036, 1, 1, 0, 0, 0, 0, time.UTC),
		IsCA:                  true,
		BasicConstraintsValid: true,
		KeyUsage:              x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	check(err)
	return der
}

func block(label string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: label, Bytes: der}))
}

func headered(label string, der []byte) string {
	headers := map[string]string{"friendlyName": "C"}
	return string(pem.EncodeToMemory(&pem.Block{Type: label, Headers: headers, Bytes: der}))
}

func oneLine(label string, der []byte) string {
	data := base64.StdEncoding.EncodeToString(der)
	return fmt.Sprintf("-----BEGIN %s-----\n%s\n-----END %s-----\n", label, data, label)
}

func indented(text string) string {
	return "  " + strings.ReplaceAll(strings.TrimSuffix(text, "\n"), "\n", "\n  ") + "\n"
}

func indentedData(text string) string {
	return strings.ReplaceAll(indented(text), "  -----", "-----")
}

func emptyLineInside(text string) string {
	lines := strings.SplitAfter(text, "\n")
	return strings.Join(slices.Insert(lines, 3, "\n"), "")
}

func write(value any) {
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	check(encoder.Encode(value))
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, errors.Unwrap(err), err)
		os.Exit(1)
	}
}
