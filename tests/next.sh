#!/usr/bin/env bash
# The suite on the newest Python that is installed and the newest Django it can have. Never skips silently.
set -euo pipefail

python=""
for version in 3.14 3.13 3.12; do
  candidate=$(PYENV_VERSION=$(ls "${PYENV_ROOT:-$HOME/.pyenv}/versions" 2>/dev/null | grep "^$version" | tail -n 1) \
    command -v "python$version" 2>/dev/null || true)
  full=$(ls -d "${PYENV_ROOT:-$HOME/.pyenv}"/versions/"$version"*/bin/python3 2>/dev/null | tail -n 1 || true)
  for one in "$full" "$candidate"; do
    if [ -n "$one" ] && "$one" -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null; then
      python=$one
      break 2
    fi
  done
done
[ -n "$python" ] || { echo "No Python newer than 3.11 is installed here; there is nothing to try."; exit 1; }

"$python" --version
[ -d .venv-next ] || "$python" -m venv .venv-next
VIRTUAL_ENV=.venv-next .venv/bin/uv pip install --quiet --require-hashes -r requirements/dev.txt
VIRTUAL_ENV=.venv-next .venv/bin/uv pip install --quiet --upgrade "Django>=6"
VIRTUAL_ENV=.venv-next .venv/bin/uv pip install --quiet --no-deps --no-build-isolation --editable .
.venv-next/bin/python -c 'import django; print("Django", django.get_version())'
.venv-next/bin/pytest -m "not prove and not browser" -p no:cacheprovider
