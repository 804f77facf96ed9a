#!/usr/bin/env bash
# The whole nation in one month: makes N returns, then times reading against the bare walk over the
# same files, and cold run, re-run and re-run with one file changed, in one call with the same
# threads. Medians of three; memory is the peak resident set.
#
#   benches/scale.sh [COMMUNES] [THREADS]
set -euo pipefail
cd "$(dirname "$0")/.."
communes=${1:-10597}
threads=${2:-2}
target=${CARGO_TARGET_DIR:-target}
cargo build --release --quiet --bins --examples
bin=$target/release
space=$(mktemp -d)
trap 'rm -rf "$space"' EXIT
"$bin/examples/sample_returns" --communes "$communes" --out "$space" --period 2024-03 >/dev/null

# time_of LABEL COMMAND...: prints the median seconds and the peak memory of three runs.
time_of() {
  local label=$1; shift
  local seconds=() memory=0
  for _ in 1 2 3; do
    [ -n "${before:-}" ] && eval "$before"
    read -r s m < <({ /usr/bin/time -f '%e %M' "$@" >/dev/null 2>/dev/null; } 2>&1 | tail -n 1; true)
    seconds+=("$s"); [ "$m" -gt "$memory" ] && memory=$m
  done
  median=$(printf '%s\n' "${seconds[@]}" | sort -n | sed -n 2p)
  printf '%-34s %8s s %8s MB\n' "$label" "$median" "$((memory / 1024))"
}
run=("$bin/da06" --workspace "$space" --jobs "$threads" run --period 2024-03)
export POLARS_MAX_THREADS=$threads

before="rm -rf $space/archive"
time_of "bare walk" "$bin/examples/bare_walk" "$space/input" "$threads"; walk=$median
time_of "reading to figures" "$bin/examples/reading_to_figures" "$space" 2024-03 "$threads"; figures=$median
time_of "run, cold" "${run[@]}"; cold=$median
before=""
time_of "run, nothing changed" "${run[@]}"; same=$median
changed=$(find "$space/input" -name '*.xlsx' | sort | head -n 1)
other=$(find "$space/input" -name '*.xlsx' | sort | sed -n 2p)
cp "$changed" "$space/kept.xlsx"
# A file with other bytes and the same figures: one more byte of comment at the end of the archive.
before="if cmp -s $changed $space/kept.xlsx; then printf '\0' >> $changed; else cp $space/kept.xlsx $changed; fi"
time_of "run, one file changed" "${run[@]}"; one=$median
: "$other"
awk -v walk="$walk" -v figures="$figures" -v cold="$cold" -v same="$same" -v one="$one" 'BEGIN {
  printf "reading to figures / bare walk  %.2f\nnothing changed / cold          %.3f\none file changed / cold         %.3f\n",
    figures / walk, same / cold, one / cold }'
