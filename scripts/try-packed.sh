#!/usr/bin/env bash
# Packs Hangup, installs the tarball in an empty folder without install scripts, and runs it there. Where SIPp is installed it
# also goes from that empty folder to a gate over an agent of somebody's own (test/peers/first-gate.test.ts).
set -euo pipefail
cd "$(dirname "$0")/.."
checkout=$PWD
node_here=$PWD/node_modules/.bin
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT

npm run --silent build
npm pack --silent --ignore-scripts --pack-destination "$here" >/dev/null
cd "$here"
npm init --yes >/dev/null
SECONDS=0
npm install --silent --ignore-scripts --no-audit --no-fund ./hangup-*.tgz
echo "installed in $SECONDS s"
PATH=$node_here:$PATH
hangup() { node node_modules/hangup/bin/hangup.js "$@"; }
hangup --help >/dev/null
hangup list personas
hangup doctor
# One whole call, by the shipped workers and models. A run without callers has no verdict: only the call is looked at.
hangup run demo --time virtual --only metronome-1 >/dev/null || true
hangup sql "select call_id, outcome from calls" | grep passed
cp -r node_modules/hangup/examples/parcel parcel
hangup listen hurried-rita redeliver --suite parcel/hangup.config.ts --out rita.wav

if command -v sipp >/dev/null; then
  rm -rf runs
  SECONDS=0
  HANGUP_PROGRAM=$here/node_modules/hangup/bin/hangup.js HANGUP_FOLDER=$here \
    npx --prefix "$checkout" vitest run --root "$checkout" test/peers/first-gate.test.ts
  echo "init, one edited scenario, run and gate in $SECONDS s"
fi
