#!/usr/bin/env bash
# Installs the programs that tests of other people's software need, from Debian, when that is allowed.
# Prints what is missing otherwise, and fails only where CI=true.
set -euo pipefail

# openssl makes the certificates of the tests over TLS, ip the network that baresip needs.
declare -A package=([sipp]=sip-tester [chromium]=chromium [kamailio]="kamailio kamailio-tls-modules" [openssl]=openssl
  [baresip]=baresip-core [ffmpeg]=ffmpeg [ip]=iproute2)

missing=()
for program in "${!package[@]}"; do
  command -v "$program" >/dev/null 2>&1 || missing+=("$program")
done
# A module of the system's Python.
package[aiortc]=python3-aiortc
/usr/bin/python3 -c 'import aiortc' >/dev/null 2>&1 || missing+=(aiortc)
[ ${#missing[@]} -eq 0 ] && exit 0

packages=()
for program in "${missing[@]}"; do
  read -ra several <<<"${package[$program]}"
  packages+=("${several[@]}")
done

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  export DEBIAN_FRONTEND=noninteractive
  if apt-get update -qq >&2 && apt-get install -y -qq --no-install-recommends "${packages[@]}" >&2; then
    # Debian starts kamailio as a service, on the port of everybody's SIP; the tests start one of their own.
    if [[ " ${missing[*]} " == *" kamailio "* ]] && [ -d /run/systemd/system ]; then
      systemctl disable --now kamailio >&2 || true
    fi
    exit 0
  fi
fi

echo "Not installed: ${missing[*]}. Add with: sudo apt-get install ${packages[*]}" >&2
[ "${CI:-}" = true ] && exit 1
exit 0
