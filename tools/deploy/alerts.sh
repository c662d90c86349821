#!/usr/bin/env bash
# Checks the alert rules and runs their unit tests with Prometheus' own tool, taken out of Debian's package without installing (and starting) a server.
#   bash tools/deploy/alerts.sh <folder for the tool>
set -euo pipefail
folder=${1:?usage: bash tools/deploy/alerts.sh <folder for the tool>}
mkdir -p "$folder"
promtool=$(cd "$folder" && pwd)/x/usr/bin/promtool
if [[ ! -x $promtool ]]; then (cd "$folder" && apt-get download --quiet prometheus >/dev/null && dpkg -x prometheus_*.deb x); fi
cd deploy/observability
"$promtool" check rules --lint=all --lint-fatal alerts.yaml
"$promtool" test rules alerts.test.yaml
echo "$(grep -c '^  - name:' alerts.test.yaml) passed, 0 failed, 0 skipped"
