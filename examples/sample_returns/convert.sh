#!/bin/sh
# Converts the files listed in target/sample_returns/list.tsv: .xls and .ods by LibreOffice, .xlsb
# by the npm package `xlsx` (installed in a folder of its own, never in the repository).
# Usage: examples/sample_returns/convert.sh [WORKSPACE]
set -eu
workspace=${1:-.}
here=$(cd "$(dirname "$0")" && pwd)
staging="$workspace/target/sample_returns"
modules=${SAMPLE_RETURNS_MODULES:-${TMPDIR:-/tmp}/sample-returns-npm}
if [ ! -d "$modules/node_modules/xlsx" ]; then
    mkdir -p "$modules"
    (cd "$modules" && npm install --no-audit --no-fund --silent xlsx@0.18.5)
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
while IFS="$(printf '\t')" read -r source target; do
    extension=${target##*.}
    mkdir -p "$workspace/input/$(dirname "$target")"
    if [ "$extension" = xlsb ]; then
        NODE_PATH="$modules/node_modules" node "$here/to_xlsb.cjs" \
            "$staging/$source" "$workspace/input/$target"
    else
        cp "$staging/$source" "$work/in.xlsx"
        soffice "-env:UserInstallation=file://$work/profile" --headless \
            --convert-to "$extension" --outdir "$work" "$work/in.xlsx" >/dev/null 2>&1 </dev/null
        mv "$work/in.$extension" "$workspace/input/$target"
    fi
    echo "$target"
done <"$staging/list.tsv"
