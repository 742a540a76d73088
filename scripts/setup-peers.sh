#!/usr/bin/env bash
# Installs the programs that tests of other people's software need, from Debian, when that is allowed.
# Prints what is missing otherwise, and fails only where CI=true.
set -euo pipefail

declare -A package=([sipp]=sip-tester [chromium]=chromium [baresip]=baresip-core [ffmpeg]=ffmpeg [ip]=iproute2)

missing=()
for program in "${!package[@]}"; do
  command -v "$program" >/dev/null 2>&1 || missing+=("$program")
done
[ ${#missing[@]} -eq 0 ] && exit 0

packages=()
for program in "${missing[@]}"; do packages+=("${package[$program]}"); done

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq >&2 && apt-get install -y -qq --no-install-recommends "${packages[@]}" >&2 && exit 0
fi

echo "Not installed: ${missing[*]}. Add with: sudo apt-get install ${packages[*]}" >&2
[ "${CI:-}" = true ] && exit 1
exit 0
