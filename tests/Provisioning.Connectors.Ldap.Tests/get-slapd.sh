#!/usr/bin/env bash
# Prints the root below which OpenLDAP's server is, "/" or a folder with the extracted Debian packages, which need neither
# installation nor root. Fails with a sentence where neither is to be had.
set -euo pipefail
if [ -x /usr/sbin/slapd ] && [ -d /usr/lib/ldap ]; then echo /; exit 0; fi
cache="${SLAPD_CACHE:-${TMPDIR:-/tmp}/provisioning-slapd-$(id -u)}"
mkdir -p "$cache"
exec 9>"$cache/lock"; flock 9
if [ ! -x "$cache/root/usr/sbin/slapd" ]; then
  command -v apt-get >/dev/null && command -v dpkg >/dev/null || { echo "slapd is not installed, and there is no apt-get to fetch it with" >&2; exit 1; }
  rm -rf "$cache/root.new" "$cache/deb"; mkdir -p "$cache/root.new" "$cache/deb"
  fetch() { (cd "$cache/deb" && apt-get download -qq slapd libltdl7 libodbc2 libwrap0 libldap-2.5-0 libsasl2-2 >"$cache/log" 2>&1); }
  fetch || { apt-get update -qq >"$cache/log" 2>&1 && fetch; } || { echo "slapd is not installed and could not be fetched: $(tail -1 "$cache/log")" >&2; exit 1; }
  for package in "$cache"/deb/*.deb; do dpkg -x "$package" "$cache/root.new"; done
  rm -rf "$cache/root"; mv "$cache/root.new" "$cache/root"
fi
chmod -R a+rX "$cache"
echo "$cache/root"
