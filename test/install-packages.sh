#!/usr/bin/env bash
# Installs what the browser tests need from Debian: a browser, and a font with the letters of our pages.
# Where that is not possible the browser tests are skipped, and this says so; it never fails the caller.
set -u

packages=(chromium fonts-dejavu-core)
missing=()
for package in "${packages[@]}"; do
  dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed ||
    missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

give_up() {
  echo "!!! NOT INSTALLED: ${missing[*]} ($1). BROWSER TESTS WILL BE SKIPPED." >&2
  exit 0
}

command -v apt-get >/dev/null || give_up 'this machine has no apt-get'
[ "$(id -u)" -eq 0 ] || give_up 'only root may install packages'

export DEBIAN_FRONTEND=noninteractive
echo "Installing ${missing[*]} …"
{ apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}"; } \
  </dev/null >/dev/null || give_up 'apt-get failed'
