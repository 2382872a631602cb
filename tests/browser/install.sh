#!/bin/sh
# Chromium, Firefox and a Chinese font, for the tests that look at pages. Installs them where it may, else says what is missing.
# Always ends well: a test that lacks its browser skips and says so.
set -u

browser() {
    for name in chromium chromium-browser google-chrome; do
        command -v "$name" >/dev/null 2>&1 && return
    done
    return 1
}
font() { command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list :lang=zh family 2>/dev/null)" ]; }

firefox() { command -v firefox-esr >/dev/null 2>&1 || command -v firefox >/dev/null 2>&1; }

missing=""
browser || missing="chromium"
firefox || missing="$missing firefox-esr"
font || missing="$missing fonts-noto-cjk fontconfig"
[ -z "$missing" ] && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing$(printf ' %s' $missing)"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >/dev/null 2>&1
    # shellcheck disable=SC2086 # one word per package
    apt-get install -y -qq --no-install-recommends $missing >/dev/null 2>&1
fi
browser || echo "No Chromium: the browser tests will skip. Debian: apt-get install chromium"
firefox || echo "No Firefox: its tests will skip. Debian: apt-get install firefox-esr"
font || echo "No Chinese font: pages cannot be looked at. Debian: apt-get install fonts-noto-cjk fontconfig"
exit 0
