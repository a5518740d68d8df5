// What Go itself says: the first argument chooses the question, JSON comes in and goes out.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime"
)

func main() {
	questions := map[string]func(){"dial": dial, "trust": trust, "pem": decode, "verify": verify, "parse": parse, "bench": bench}
	question := questions[os.Args[1]]
	if question == nil {
		fmt.Fprintln(os.Stderr, "unknown question", os.Args[1])
		os.Exit(2)
	}
	question()
}

func read(question any) {
	if err := json.NewDecoder(os.Stdin).Decode(question); err != nil {
		panic(err)
	}
}

func answer(answers any) {
	out := map[string]any{"go": runtime.Version(), "answers": answers}
	if err := json.NewEncoder(os.Stdout).Encode(out); err != nil {
		panic(err)
	}
}
