#!/usr/bin/env bash
# Builds Stripe's own mock of its API, against which the Stripe adapter is tested: <folder>/bin/stripe-mock. Needs Go.
#   bash tools/payments/stripe-mock.sh <folder>
#   STRIPE_MOCK_BINARY=<folder>/bin/stripe-mock npm test
set -euo pipefail
folder=${1:?usage: bash tools/payments/stripe-mock.sh <folder for the binary>}
mkdir -p "$folder/bin"
folder=$(cd "$folder" && pwd)
[[ -x $folder/bin/stripe-mock ]] ||
  GOBIN="$folder/bin" GOFLAGS=-modcacherw GOMODCACHE="$folder/go/mod" GOCACHE="$folder/go/cache" go install github.com/stripe/stripe-mock@v0.203.0
echo "$folder/bin/stripe-mock"
