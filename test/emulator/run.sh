#!/usr/bin/env bash
# Deploys the stack on an independent emulator of AWS (MiniStack) and runs the journeys against what was deployed.
set -euo pipefail
cd "$(dirname "$0")/../.."
. test/emulator/start.sh

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

if ! find_emulator; then
  echo 'SKIPPED: the journeys on the emulator take Python 3 with venv and a Python package index.' >&2
  exit 0
fi
start_emulator
export BANK_URL=http://127.0.0.1:$((SMTP_PORT - 1)) CLOCK_FILE="$work/clock" FRONT_FOLDER="$work"
echo 0 >"$CLOCK_FILE"

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
