#!/usr/bin/env bash
# Runs run.sh against the emulator in place of an account: what it does is tried, what AWS does with it is not.
set -euo pipefail
cd "$(dirname "$0")/../.."
. test/emulator/start.sh

work=$(mktemp -d)
running=()
finish() {
  status=$?
  for process in "${running[@]}"; do kill "$process" 2>/dev/null || true; done
  wait || true
  rm -rf "$work"
  exit "$status"
}
trap finish EXIT

if ! find_emulator; then
  echo 'SKIPPED: the rehearsal takes Python 3 with venv and a Python package index.' >&2
  exit 0
fi
start_emulator
# What an account has before the trial: a verified domain, the bucket of a receipt rule, and what CDK needs.
export E2E_MAIL_DOMAIN=e2e.example E2E_MAIL_BUCKET=mails E2E_QUIET_SECONDS=${E2E_QUIET_SECONDS:-1.5}
node test/aws/receipt-rule.ts >"$work/receipt-rule.log" 2>&1 &
running+=($!)
npx cdk bootstrap "aws://000000000000/$AWS_REGION" >"$work/bootstrap.log" 2>&1
test/aws/run.sh "$@"
