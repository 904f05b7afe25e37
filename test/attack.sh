#!/usr/bin/env bash
# Attacks the API by its own OpenAPI document (schemathesis): every operation, alone and in sequences that follow from
# each other. What it may find: an answer of 500, a status or a body that the document does not know.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! tools=$(test/support/python-tool.sh schemathesis schemathesis==4.32.5); then
  echo 'SKIPPED: the attack on the API takes Python 3 with venv and a Python package index.' >&2
  exit 0
fi

work=$(mktemp -d)
server=
finish() {
  status=$?
  if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; fi
  rm -rf "$work"
  exit "$status"
}
trap finish EXIT

export PORT="${ATTACK_PORT:-3998}" DATA_DIR="$work/data"
base="http://127.0.0.1:$PORT"
npm start >"$work/start.log" 2>&1 &
server=$!
for _ in $(seq 120); do
  curl -sf "$base/healthz" >/dev/null && break
  kill -0 "$server" || { cat "$work/start.log"; exit 1; }
  sleep 0.5
done
token=$(curl -sf -d grant_type=client_credentials -d client_id=hr-demo -d client_secret=hr-demo "$base/oauth2/token" |
  node -p 'JSON.parse(require("fs").readFileSync(0)).access_token')

# What it remembers of a run is nobody's but its own.
cd "$work"
"$tools/schemathesis" run "$base/openapi.json" \
  --header "Authorization: Bearer $token" \
  --checks not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance \
  --phases examples,coverage,fuzzing,stateful \
  --max-examples "${ATTACK_EXAMPLES:-25}" \
  --seed "${ATTACK_SEED:-20261123}" \
  --workers 1 \
  --continue-on-failure
