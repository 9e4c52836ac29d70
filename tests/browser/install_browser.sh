#!/bin/sh
# Makes sure a browser and its driver are there, or says what to install; never skips the tests.
set -eu

found() {
    command -v chromedriver >/dev/null 2>&1 &&
        { command -v chromium >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1; }
}

found && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "installing chromium and chromium-driver"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends chromium chromium-driver >/dev/null
    found && exit 0
fi
cat >&2 <<'MSG'
The browser tests need a browser and its driver, and neither was found. Install both, then run them again:
    Debian:  sudo apt-get install chromium chromium-driver
    Fedora:  sudo dnf install chromium chromedriver
MSG
exit 1
