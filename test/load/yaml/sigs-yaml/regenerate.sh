#!/usr/bin/env bash
# Writes ../sigs-yaml.json anew from cases.txt with real sigs.k8s.io/yaml (needs Go); with --check only compares.
set -euo pipefail
cd "$(dirname "$0")"
if [ "${1:-}" = "--check" ]; then
  go run . | diff ../sigs-yaml.json - && echo "sigs-yaml.json is what sigs.k8s.io/yaml says"
else
  go run . > sigs-yaml.json.new
  mv sigs-yaml.json.new ../sigs-yaml.json
fi
