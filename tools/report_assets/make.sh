#!/bin/sh
# Makes src/tocsin/report/assets/vendor/ from npm packages: one minified script, the outlines of Natural Earth, licences.
# Run it after a change of package.json; what it makes is kept in the repository, so that nothing else needs npm.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
there=$here/../../src/tocsin/report/assets/vendor
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$here/package.json" "$here/package-lock.json" "$here/vendor.js" "$work"
cd "$work"
npm ci --silent --no-audit --no-fund
npx esbuild vendor.js --bundle --minify --legal-comments=none --format=iife --global-name=vendor --target=es2020 \
    --charset=ascii --outfile=vendor.min.js --log-level=warning
mkdir -p "$there"
cp vendor.min.js "$there/vendor.min.js"
cp node_modules/world-atlas/countries-110m.json node_modules/world-atlas/countries-50m.json "$there/"
{
    echo "vendor.min.js is made of d3-geo, d3-array, internmap and topojson-client; countries-*.json are of world-atlas,"
    echo "which redistributes Natural Earth (public domain, naturalearthdata.com)."
    for package in d3-geo d3-array internmap topojson-client world-atlas; do
        printf '\n==== %s %s ====\n\n' "$package" "$(node -p "require('./node_modules/$package/package.json').version")"
        cat "node_modules/$package/LICENSE"
    done
} >"$there/LICENCES.txt"
