#!/usr/bin/env bash
# Compiles the design system in our colours and copies what the house serves itself. Run by `make assets`
# when a version in package.json changes; the result is committed, so running and testing need no npm.
set -euo pipefail
cd "$(dirname "$0")"

npm ci --ignore-scripts --no-fund --no-audit --loglevel=error
target=../samspil/kit/static/vendor
rm -rf "$target"
mkdir -p "$target"
npx sass --load-path=node_modules --quiet-deps --no-source-map --style=compressed theme.scss "$target/dkfds.css"
node collect.mjs "$target"
