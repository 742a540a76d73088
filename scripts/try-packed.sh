#!/usr/bin/env bash
# Packs Hangup, installs the tarball in an empty folder without install scripts, and runs it there.
set -euo pipefail
cd "$(dirname "$0")/.."
node_here=$PWD/node_modules/.bin
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT

npm run --silent build
npm pack --silent --ignore-scripts --pack-destination "$here" >/dev/null
cd "$here"
npm init --yes >/dev/null
npm install --silent --ignore-scripts --no-audit --no-fund ./hangup-*.tgz
PATH=$node_here:$PATH
hangup() { node node_modules/hangup/bin/hangup.js "$@"; }
hangup --help >/dev/null
hangup list personas
hangup doctor
# One whole call, by the shipped workers and models. A run without callers has no verdict: only the call is looked at.
hangup run demo --time virtual --only metronome-1 >/dev/null || true
hangup sql "select call_id, outcome from calls" | grep passed
