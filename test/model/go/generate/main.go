// Writes what Go itself answers, as the table that the TypeScript ports must equal.
// Usage: go run . > ../tables.json
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"hash/adler32"
	"hash/crc32"
	"math"
	"net"
	"net/url"
	"os"
	"regexp"
	"strconv"
	"strings"
	"text/template"
	"time"
)

type row struct {
	In  string  `json:"in"`
	Out *string `json:"out"` // null: Go returns an error
}

func text(s string) *string { return &s }

func table(inputs []string, f func(string) (string, error)) []row {
	rows := make([]row, 0, len(inputs))
	for _, in := range inputs {
		if out, err := f(in); err == nil {
			rows = append(rows, row{in, text(out)})
		} else {
			rows = append(rows, row{in, nil})
		}
	}
	return rows
}

// knative/networking pkg/config/config.go checkDomainTemplate
func checkDomainTemplate(in string) (string, error) {
	t, err := template.New("domain-template").Parse(in)
	if err != nil {
		return "", err
	}
	data := struct {
		Name, Namespace, Domain string
		Annotations, Labels     map[string]string
	}{Name: "foo", Namespace: "bar", Domain: "baz.com"}
	buf := bytes.Buffer{}
	if err := t.Execute(&buf, data); err != nil {
		return "", err
	}
	u, err := url.Parse("https://" + buf.String())
	if err != nil {
		return "", err
	}
	if u.Hostname() == "" {
		return "", errors.New("empty hostname")
	}
	if u.RequestURI() != "/" {
		return "", fmt.Errorf("domain template has url path: %s", u.RequestURI())
	}
	return buf.String(), nil
}

func render(in string) (string, error) {
	t, err := template.New("x").Parse(in)
	if err != nil {
		return "", err
	}
	data := struct {
		Name, Namespace, Domain string
		Annotations, Labels     map[string]string
	}{"hello", "shop", "example.com", map[string]string{"sub": "eu"}, map[string]string{"app": "web", "zone": ""}}
	buf := bytes.Buffer{}
	err = t.Execute(&buf, data)
	return buf.String(), err
}

var newlines = regexp.MustCompile("(?:\r?\n)+")

func main() {
	templates := []string{
		"{{.Name}}.{{.Namespace}}.{{.Domain}}", "{{.Name}}-{{.Namespace}}.{{.Domain}}", "{{ .Name }}.{{- .Namespace -}} .{{.Domain}}",
		"{{.Name}}.{{.Domain}}", "{{index .Labels \"app\"}}.{{.Domain}}", "{{index .Labels \"none\"}}.{{.Domain}}", "{{.Labels.app}}.{{.Domain}}",
		"{{.Labels.none}}.{{.Domain}}", "{{.Annotations.sub}}.{{.Domain}}", "{{if .Labels.none}}a{{else}}b{{end}}.{{.Domain}}",
		"{{if index .Labels \"app\"}}{{index .Labels \"app\"}}.{{end}}{{.Name}}.{{.Domain}}", "{{if eq .Namespace \"shop\"}}x{{else if eq .Namespace \"bank\"}}y{{else}}z{{end}}.{{.Domain}}",
		"{{printf \"%s-%s\" .Name .Namespace}}.{{.Domain}}", "{{printf \"%v.%v\" .Name .Domain}}", "{{.Name | printf \"%s-x\"}}.{{.Domain}}",
		"{{print .Name \"-\" .Namespace}}.{{.Domain}}", "{{/* note */}}{{.Name}}.{{.Domain}}", "{{- /* note */ -}}{{.Name}}.{{.Domain}}",
		"{{.Name}", "{{.Name", "{{.Nam}}.x", "{{ .Name.Foo }}.x", "{{if .Name}}a", "{{end}}", "{{else}}", "{{nosuch .Name}}.x", "{{}}", "",
		"plain.example.com", "{{.Name}}.{{.Domain}}/path", "{{.Name}}.{{.Domain}}?q", "{{.Name}}.{{.Domain}}#f", "{{.Name}} {{.Domain}}", "{{.Domain}}:8080", "user@{{.Domain}}",
		"{{not .Name}}.x", "{{and .Name .Domain}}", "{{or \"\" .Domain}}", "{{len .Name}}.x", "{{len .Labels}}.x", "{{`raw`}}.x", "{{\"q\\\"uote\"}}", "{{1}}.x", "{{true}}.x",
		"{{if not (eq .Name \"hello\")}}a{{else}}b{{end}}.x", "{{if ne .Name \"hello\"}}a{{else}}b{{end}}.x", "{{if and (eq .Name \"hello\") .Labels.app}}yes{{end}}.x", "a{{.Name}}b{{.Namespace}}c", "{{ .Name}}  .  {{- .Domain }}", "*.{{.Domain}}", "{{.Name}}_{{.Domain}}", "{{eq .Name \"a\" \"hello\"}}.x",
	}
	floats := []float64{0, 1, -1, 1.5, 0.1, 100000, 999999, 1000000, 1234567, 1e-4, 1.5e-5, 0.00012345, 3.4e38, 1e39, -2.5, 1e21, 123456.789, 16777217, math.Inf(1), math.NaN()}
	floatRows := make([]row, 0, len(floats))
	for _, f := range floats {
		floatRows = append(floatRows, row{strconv.FormatFloat(f, 'g', -1, 64), text(strconv.FormatFloat(f, 'g', -1, 32))})
	}
	tables := map[string][]row{
		"parseBool": table([]string{"1", "t", "T", "true", "True", "TRUE", "tRUE", "yes", "0", "f", "F", "false", "False", "FALSE", "no", "", " true", "true ", "enabled"}, func(s string) (string, error) {
			b, err := strconv.ParseBool(s)
			return strconv.FormatBool(b), err
		}),
		"parseDuration": table([]string{"0", "+0", "-0", "1h", "2160h", "1h30m", "1.5h", ".5s", "1.s", "-1m", "+1m", "1d", "90d", "1y", "", "h", "1", "1h1", "100ms", "1us", "1µs", "5ns", "1h-1m", "1 h", "٣h"}, func(s string) (string, error) {
			d, err := time.ParseDuration(s)
			return strconv.FormatFloat(float64(d)/float64(time.Millisecond), 'f', -1, 64), err
		}),
		"formatFloat32": floatRows,
		"adler32": table([]string{"", "a", "v1", "latest", "blue-green", "ä", strings.Repeat("x", 6000)}, func(s string) (string, error) {
			return strconv.FormatUint(uint64(adler32.Checksum([]byte(s))), 10), nil
		}),
		"exampleChecksum": table([]string{"", "a", "a\n", "a\n\nb", "a\r\n\r\nb\n", " a \n\n\n b ", "  # note\n  key: \"value\"\n"}, func(s string) (string, error) {
			return fmt.Sprintf("%08x", crc32.ChecksumIEEE([]byte(newlines.ReplaceAllString(strings.TrimSpace(s), `\n`)))), nil
		}),
		"parseIP": table([]string{"1.2.3.4", "01.2.3.4", "256.1.1.1", "1.2.3", "::", "::1", "1::2::3", "2001:db8::1", "2001:db8:0:0:0:0:0:1", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "::ffff:1.2.3.4", "::ffff:1.2.3", "fe80::1%eth0", "", "a", "12345::", "1:2:3:4:5:6:1.2.3.4", "::1.2.3.4.5"}, func(s string) (string, error) {
			if net.ParseIP(s) == nil {
				return "", errors.New("no address")
			}
			return "ok", nil
		}),
		"domainTemplate": table(templates, checkDomainTemplate),
		"render":         table(templates, render),
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetIndent("", " ")
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(tables); err != nil {
		panic(err)
	}
}
