#!/usr/bin/env bash
# Deploys the stack on an independent emulator of AWS (MiniStack) and runs the journeys against what was deployed.
set -euo pipefail
cd "$(dirname "$0")/../.."

if ! tools=$(test/support/python-tool.sh ministack ministack==1.5.33); then
  echo 'SKIPPED: the journeys on the emulator take Python 3 with venv and a Python package index.' >&2
  exit 0
fi

work=$(mktemp -d)
running=()
tested=
finish() {
  status=$?
  for process in "${running[@]}"; do kill "$process" 2>/dev/null || true; done
  wait || true
  # What went wrong before the tests began is in the logs.
  if [ "$status" != 0 ] && [ -z "$tested" ]; then tail -n 30 "$work"/*.log | cut -c1-300; fi
  rm -rf "$work"
  exit "$status"
}
trap finish EXIT

answers() {
  for _ in $(seq 120); do
    if curl -s --output /dev/null "$1"; then return; fi
    sleep 0.25
  done
  echo "Nothing answers at $1." >&2
  return 1
}

# The emulator runs the functions on the node of its path: ours, which is Lambda's.
export PATH="$PWD/node_modules/.bin:$PATH"
export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_REGION=eu-west-1 AWS_DEFAULT_REGION=eu-west-1
port=${EMULATOR_PORT:-4599}
export SMTP_PORT=$((port - 1)) BANK_URL=http://127.0.0.1:$((port - 2))
export CLOCK_FILE="$work/clock" FRONT_FOLDER="$work"
echo 0 >"$CLOCK_FILE"

BIND_HOST=127.0.0.1 GATEWAY_PORT=$port MINISTACK_HOST=127.0.0.1 MINISTACK_REGION=$AWS_REGION LAMBDA_EXECUTOR=local \
  SMTP_HOST="127.0.0.1:$SMTP_PORT" S3_DATA_DIR="$work/s3" TMPDIR="$work" "$tools/ministack" >"$work/emulator.log" 2>&1 &
running+=($!)
export AWS_ENDPOINT_URL=http://127.0.0.1:$port
answers "$AWS_ENDPOINT_URL/_ministack/health"

npx cdk synth --quiet --app 'node test/emulator/app.ts' --output "$work/cdk.out" >"$work/synth.log" 2>&1
npx cdk bootstrap --app "$work/cdk.out" "aws://000000000000/$AWS_REGION" >"$work/bootstrap.log" 2>&1
npx cdk deploy Zhuli --app "$work/cdk.out" --require-approval never >"$work/deploy.log" 2>&1

node test/emulator/front.ts >"$work/front.log" 2>&1 &
running+=($!)
answers "$BANK_URL/local/clock"

journeys=("$@")
[ $# -gt 0 ] || journeys=(test/journeys/{onboarding,exits,year,full-year}.test.ts test/deployed/ops.test.ts)
tested=yes
npx vitest run --no-file-parallelism --testTimeout 120000 --hookTimeout 120000 "${journeys[@]}"
