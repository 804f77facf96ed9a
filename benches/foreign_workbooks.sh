#!/usr/bin/env bash
# Answers in workbooks of other programs: fetches the test files of public packages (files of Excel,
# LibreOffice, Google, POI and others), puts an answer into each, compares before and after part by
# part and as openpyxl sees them, and lets LibreOffice open each answer. Needs the network, `.ci/tools`
# and LibreOffice; takes about 20 minutes.
#
#   benches/foreign_workbooks.sh [FOLDER]      (a new one when none is given; it is kept)
set -euo pipefail
cd "$(dirname "$0")/.."
space=${1:-$(mktemp -d)}
python=${DA06_TOOLS:-$HOME/.cache/da06-tools}/bin/python
target=${CARGO_TARGET_DIR:-target}
debian=http://deb.debian.org/debian/pool/main
packages=(
  "$debian/libe/libexcel-writer-xlsx-perl/libexcel-writer-xlsx-perl_1.10.orig.tar.gz"
  "$debian/liba/libapache-poi-java/libapache-poi-java_4.0.1.orig.tar.xz"
  "https://static.crates.io/crates/umya-spreadsheet/umya-spreadsheet-2.3.0.crate"
)
mkdir -p "$space/packages" "$space/before" "$space/after" "$space/opened"
for package in "${packages[@]}"; do
  name=$(basename "$package")
  if [ ! -d "$space/packages/$name" ]; then
    curl --fail --silent --show-error --output "$space/$name" "$package"
    mkdir "$space/packages/$name"
    tar --extract --file "$space/$name" --directory "$space/packages/$name"
  fi
done
# One of each content, under a name that cannot collide.
find "$space/packages" -type f \( -iname '*.xlsx' -o -iname '*.xlsm' \) -print0 | sort -z |
  while IFS= read -r -d '' file; do
    hash=$(sha256sum "$file" | cut -c 1-12)
    if ! compgen -G "$space/before/$hash.*" >/dev/null; then cp "$file" "$space/before/$hash.${file##*.}"; fi
  done
find "$space/before" -type f | wc -l | xargs printf '%s\tfiles of other programs\n'
cargo build --release --quiet --example answered_workbooks
"$target/release/examples/answered_workbooks" "$space/before" "$space/after"
"$python" tests/tools/compare_answers.py "$space/before" "$space/after"
# LibreOffice gives up a list at the first file that it cannot load: those are asked for alone.
open_all() {
  timeout 300 soffice --headless --convert-to ods --outdir "$space/opened" "$@" >/dev/null 2>&1 || true
}
is_open() { local name; name=$(basename "$1"); test -s "$space/opened/${name%.*}.ods"; }
find "$space/after" -type f | sort | split --lines 40 - "$space/list."
for list in "$space"/list.*; do
  mapfile -t files <"$list"
  open_all "${files[@]}"
  for file in "${files[@]}"; do is_open "$file" || open_all "$file"; done
done
opened=0
for file in "$space"/after/*; do
  if is_open "$file"; then
    opened=$((opened + 1))
    continue
  fi
  # Only a file that was good before says anything about the answer.
  name=$(basename "$file")
  mkdir -p "$space/alone"
  timeout 300 soffice --headless --convert-to ods --outdir "$space/alone" "$space/before/$name" >/dev/null 2>&1 || true
  if test -s "$space/alone/${name%.*}.ods"; then
    printf '%s\tnot opened by LibreOffice, and was before\n' "$name"
  else
    printf '%s\tnot opened by LibreOffice, before neither\n' "$name"
  fi
done
printf '%s\topened by LibreOffice\n' "$opened"
