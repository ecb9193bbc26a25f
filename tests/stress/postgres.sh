#!/usr/bin/env bash
# A PostgreSQL server that keeps its promises (fsync on) in a folder of its own, as a user that is not root.
# postgres.sh start FOLDER PORT | restart FOLDER | stop FOLDER
set -euo pipefail
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
as() { if [ "$(id -u)" = 0 ]; then runuser -u nobody -- "$@"; else "$@"; fi; }
case $1 in
  start)
    mkdir -p "$2"; [ "$(id -u)" != 0 ] || chown nobody "$2"; cd "$2"
    as "$bin/initdb" -D "$2/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 >/dev/null
    as "$bin/pg_ctl" -D "$2/data" -w -s -l "$2/log" -o "-p $3 -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=on -c max_connections=200" start ;;
  restart) cd /; as "$bin/pg_ctl" -D "$2/data" -m immediate -w -s -l "$2/log" restart ;;
  stop) cd /; as "$bin/pg_ctl" -D "$2/data" -m immediate -w -s stop ;;
esac
