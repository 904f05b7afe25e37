# To be sourced: starts the emulator (MiniStack) with its state in $work, and has the AWS SDK, CLI and CDK speak to it.
# Adds its process to the array `running`. `find_emulator` fails where there is no Python to run it.

answers() {
  for _ in $(seq 120); do
    if curl -s --output /dev/null "$1"; then return; fi
    sleep 0.25
  done
  echo "Nothing answers at $1." >&2
  return 1
}

find_emulator() { emulator=$(test/support/python-tool.sh ministack ministack==1.5.33)/ministack; }

start_emulator() {
  # The emulator runs the functions on the node of its path: ours, which is Lambda's.
  export PATH="$PWD/node_modules/.bin:$PATH"
  export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_REGION=eu-west-1 AWS_DEFAULT_REGION=eu-west-1
  local port=${EMULATOR_PORT:-4599}
  export SMTP_PORT=$((port - 1))
  BIND_HOST=127.0.0.1 GATEWAY_PORT=$port MINISTACK_HOST=127.0.0.1 MINISTACK_REGION=$AWS_REGION LAMBDA_EXECUTOR=local \
    SMTP_HOST="127.0.0.1:$SMTP_PORT" S3_DATA_DIR="$work/s3" TMPDIR="$work" "$emulator" >"$work/emulator.log" 2>&1 &
  running+=($!)
  export AWS_ENDPOINT_URL=http://127.0.0.1:$port
  answers "$AWS_ENDPOINT_URL/_ministack/health"
}
