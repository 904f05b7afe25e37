#!/usr/bin/env bash
# Runs the tests of the store, and of what happens at once, on moto in place of the embedded DynamoDB.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! tools=$(test/support/python-tool.sh moto 'moto[dynamodb,server]==5.2.5'); then
  echo 'SKIPPED: moto takes Python 3 with venv and a Python package index.' >&2
  exit 0
fi
export DYNAMODB=moto MOTO_PYTHON="$tools/python"
npx vitest run test/functions/adapters test/functions/{execute,portfolio,release,hand-over}.test.ts
