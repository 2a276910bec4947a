#!/usr/bin/env bash
# What the tests need from the operating system. Installs what is missing, or says the one command that does.
# `bash tests/system.sh spark` is for the tests that also start Spark.
set -euo pipefail

missing=()
command -v chromium >/dev/null || command -v google-chrome >/dev/null || missing+=(chromium)
command -v xgettext >/dev/null || missing+=(gettext)
command -v gcc >/dev/null || missing+=(gcc libc6-dev)
command -v pdftotext >/dev/null || missing+=(poppler-utils)
command -v soffice >/dev/null || missing+=(libreoffice-calc-nogui)  # recomputes our workbooks; 90 MB, 12 s
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
[ "${1:-}" != spark ] || command -v java >/dev/null || missing+=(default-jre-headless)
[ ${#missing[@]} -eq 0 ] && exit 0

command="apt-get update && apt-get install -y --no-install-recommends ${missing[*]}"
if [ "$(id -u)" -eq 0 ]; then
  bash -c "$command" >/dev/null
elif sudo -n true 2>/dev/null; then
  sudo bash -c "$command" >/dev/null
else
  echo "The tests need ${missing[*]}. Ask an administrator to run:" >&2
  echo "  $command" >&2
  exit 1
fi
