// Writes what sigs.k8s.io/yaml v1.6.0 makes of the texts in cases.txt, as JSON.
package main

import (
	"bufio"
	"encoding/json"
	"log"
	"os"
	"strings"

	"sigs.k8s.io/yaml"
)

type row struct {
	Input string  `json:"input"`
	JSON  *string `json:"json,omitempty"`
	Error string  `json:"error,omitempty"`
	// What YAMLToJSONStrict has against it although YAMLToJSON takes it: keys written twice.
	Strict string `json:"strict,omitempty"`
}

var spelled = strings.NewReplacer(
	"␊", "\n", "␍", "\r", "␉", "\t", "␤", "\u0085", "␞", "\u2028", "␝", "\u2029",
	"␂", "\ufeff", "␇", "\a", "␡", "\u007f", "␠", " ",
)

func main() {
	file, err := os.Open("cases.txt")
	if err != nil {
		log.Fatal(err)
	}
	defer file.Close()
	rows := []row{}
	section := ""
	for lines := bufio.NewScanner(file); lines.Scan(); {
		line := lines.Text()
		switch {
		case line == "" || strings.HasPrefix(line, "## "):
		case strings.HasPrefix(line, "== "):
			section = strings.TrimPrefix(line, "== ")
		default:
			rows = append(rows, read(text(section, line)))
		}
	}
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	if err := out.Encode(rows); err != nil {
		log.Fatal(err)
	}
}

func text(section, line string) string {
	spelledOut := spelled.Replace(line)
	switch section {
	case "values":
		return "v: " + spelledOut + "\n"
	case "keys":
		return spelledOut + ": v\n"
	case "texts":
		return spelledOut + "\n"
	case "texts without a last line break":
		return spelledOut
	}
	log.Fatalf("unknown section %q", section)
	return ""
}

func read(input string) row {
	out, err := yaml.YAMLToJSON([]byte(input))
	if err != nil {
		return row{Input: input, Error: err.Error()}
	}
	text := string(out)
	result := row{Input: input, JSON: &text}
	if _, err := yaml.YAMLToJSONStrict([]byte(input)); err != nil {
		result.Strict = err.Error()
	}
	return result
}
