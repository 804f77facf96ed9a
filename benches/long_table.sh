#!/usr/bin/env bash
# Long tagged tables, ours and typst's: the same cells, paper, margins and type, in one call. CPU
# seconds and peak memory of the whole process, medians of three.
#
#   benches/long_table.sh [ROWS...]
#
# Needs GNU time, and Python with the package `typst` (the library of the crate as a wheel) or the
# program `typst` on the path; without either only our side is measured.
set -euo pipefail
cd "$(dirname "$0")/.."
rows=("${@:-600}")
[ $# -eq 0 ] && rows=(600 10000)
target=${CARGO_TARGET_DIR:-target}
cargo build --release --quiet --example long_table
ours=$target/release/examples/long_table
space=$(mktemp -d)
trap 'rm -rf "$space"' EXIT
export ASSETS=$PWD/assets/fonts

# cost_of LABEL FILE COMMAND...: prints CPU seconds, memory, size and pages.
cost_of() {
  local label=$1 file=$2 seconds=() memory=0 u s m
  shift 2
  for _ in 1 2 3; do
    /usr/bin/time -o "$space/time" -f '%U %S %M' "$@" >/dev/null
    read -r u s m < <(tail -n 1 "$space/time")
    seconds+=("$(awk -v u="$u" -v s="$s" 'BEGIN { print u + s }')")
    if [ "$m" -gt "$memory" ]; then memory=$m; fi
  done
  local pages
  pages=$(pdfinfo "$file" 2>/dev/null | awk '/^Pages/ { print $2 }')
  printf '%-16s %8s s %6s MB %7s KB %5s pages\n' "$label" \
    "$(printf '%s\n' "${seconds[@]}" | sort -n | sed -n 2p)" "$((memory / 1024))" \
    "$(($(stat -c %s "$file") / 1000))" "$pages"
}

for count in "${rows[@]}"; do
  cost_of "da06 $count" "$space/ours.pdf" "$ours" "$count" "$space/ours.pdf"
  "$ours" "$count" --typst >"$space/table.typ"
  if command -v typst >/dev/null; then
    cost_of "typst $count" "$space/table.pdf" \
      typst compile --ignore-system-fonts --font-path "$ASSETS" "$space/table.typ" "$space/table.pdf"
  elif python3 -c 'import typst' 2>/dev/null; then
    cost_of "typst $count" "$space/table.pdf" python3 -c '
import os, sys, typst
typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[os.environ["ASSETS"]],
              ignore_system_fonts=True)' \
      "$space/table.typ" "$space/table.pdf"
  fi
done
