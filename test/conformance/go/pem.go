package main

import (
	"encoding/hex"
	"encoding/pem"
)

type block struct {
	Type    string            `json:"type"`
	Headers map[string]string `json:"headers"`
	Bytes   string            `json:"bytes"`
}

type decoded struct {
	Blocks []block `json:"blocks"`
	// Bytes behind the last block.
	Rest int `json:"rest"`
}

// decode gives every block of every text.
func decode() {
	var texts []string
	read(&texts)
	answers := make([]decoded, len(texts))
	for i, text := range texts {
		rest := []byte(text)
		answers[i].Blocks = []block{}
		for {
			found, next := pem.Decode(rest)
			if found == nil {
				break
			}
			answers[i].Blocks = append(answers[i].Blocks, block{found.Type, found.Headers, hex.EncodeToString(found.Bytes)})
			rest = next
		}
		answers[i].Rest = len(rest)
	}
	answer(answers)
}
