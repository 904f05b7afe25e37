#!/usr/bin/env bash
# Installs a tool from the Python package index beside node_modules, once for each version, and prints the folder of its
# programs: python-tool.sh <name> <requirement==version>. Fails where there is no Python 3 with venv, or no index.
set -euo pipefail
cd "$(dirname "$0")/../.."

venv=$PWD/node_modules/.cache/$1-${2##*==}
if [ ! -e "$venv/installed" ]; then
  rm -rf "$venv"
  python3 -m venv "$venv" >&2
  "$venv/bin/pip" install --quiet --disable-pip-version-check "$2" >&2
  touch "$venv/installed"
fi
echo "$venv/bin"
