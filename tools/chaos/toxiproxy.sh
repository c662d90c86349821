#!/usr/bin/env bash
# Builds toxiproxy, by which the chaos runs cut, slow and swallow connections: <folder>/bin/toxiproxy-server. Needs Go.
#   bash tools/chaos/toxiproxy.sh <folder>
#   TOXIPROXY_BINARY=<folder>/bin/toxiproxy-server npm run chaos
set -euo pipefail
folder=${1:?usage: bash tools/chaos/toxiproxy.sh <folder for the binary>}
mkdir -p "$folder/bin"
folder=$(cd "$folder" && pwd)
if [[ ! -x $folder/bin/toxiproxy-server ]]; then
  GOBIN="$folder/bin" GOFLAGS=-modcacherw GOMODCACHE="$folder/go/mod" GOCACHE="$folder/go/cache" go install github.com/Shopify/toxiproxy/v2/cmd/server@v2.12.0
  mv "$folder/bin/server" "$folder/bin/toxiproxy-server"
fi
echo "$folder/bin/toxiproxy-server"
