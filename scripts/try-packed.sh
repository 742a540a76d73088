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
node node_modules/hangup/bin/hangup.js --help >/dev/null
node node_modules/hangup/bin/hangup.js list personas
node node_modules/hangup/bin/hangup.js doctor
