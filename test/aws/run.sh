#!/usr/bin/env bash
# Deploys a stack of its own to the account whose credentials are there, runs the journeys against it, and destroys it
# again (KEEP=1 leaves it there). Without credentials it says so and does nothing. README.md says what an account needs.
set -euo pipefail
cd "$(dirname "$0")/../.."
export PATH="$PWD/node_modules/.bin:$PATH"

node test/aws/ready.ts && ready=0 || ready=$?
if [ "$ready" = 3 ]; then exit 0; fi
if [ "$ready" != 0 ]; then exit "$ready"; fi

work=$(mktemp -d)
export STACK=${STACK:-ZhuliE2e} FRONT_FOLDER="$work" BANK_URL="http://127.0.0.1:${FRONT_PORT:-4597}"
front=
deployed=
tested=
finish() {
  status=$?
  trap - EXIT
  if [ -n "$front" ]; then kill "$front" 2>/dev/null || true; fi
  # What went wrong before the tests began is in the logs.
  if [ "$status" != 0 ] && [ -z "$tested" ]; then tail -n 30 "$work"/*.log | cut -c1-300; fi
  if [ -n "$deployed" ] && [ -z "${KEEP:-}" ]; then
    echo "Destroying $STACK." >&2
    if ! (node test/aws/clear.ts && cdk destroy "$STACK" --app "$work/cdk.out" --force) >"$work/destroy.log" 2>&1; then
      tail -n 30 "$work/destroy.log" >&2
      echo "$STACK is still there: delete it by hand." >&2
      status=1
    fi
  fi
  rm -rf "$work"
  exit "$status"
}
trap finish EXIT

cdk synth --quiet --app 'node test/aws/app.ts' --output "$work/cdk.out" >"$work/synth.log" 2>&1
deployed=yes
cdk deploy "$STACK" --app "$work/cdk.out" --require-approval never >"$work/deploy.log" 2>&1

node test/aws/front.ts >"$work/front.log" 2>&1 &
front=$!
for _ in $(seq 240); do
  if curl -s --output /dev/null "$BANK_URL/local/clock"; then break; fi
  kill -0 "$front" 2>/dev/null || exit 1
  sleep 0.5
done

journeys=("$@")
[ $# -gt 0 ] || journeys=(test/journeys/{onboarding,exits,year,full-year}.test.ts)
tested=yes
# A turn of the clock starts every function anew, and each mail takes its way: minutes for what takes seconds elsewhere.
vitest run --no-file-parallelism --testTimeout 1800000 --hookTimeout 600000 "${journeys[@]}"
