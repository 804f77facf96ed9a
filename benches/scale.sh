#!/usr/bin/env bash
# The whole nation in one month: makes N returns, then times reading against the bare walk over the
# same files, and cold run, re-run and re-run with one file changed, in one call with the same
# threads. Medians of three; memory is the peak resident set.
#
#   benches/scale.sh [COMMUNES] [THREADS]      (needs GNU time)
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
  local label=$1 seconds=() memory=0 s m
  shift
  for _ in 1 2 3; do
    eval "${before:-}"
    /usr/bin/time -o "$space/time" -f '%e %M' "$@" >/dev/null 2>&1 || true
    read -r s m < <(tail -n 1 "$space/time")
    seconds+=("$s")
    if [ "$m" -gt "$memory" ]; then memory=$m; fi
  done
  median=$(printf '%s\n' "${seconds[@]}" | sort -n | sed -n 2p)
  printf '%-22s %8s s %6s MB\n' "$label" "$median" "$((memory / 1024))"
}
run=("$bin/da06" --workspace "$space" --jobs "$threads" run --period 2024-03)
export POLARS_MAX_THREADS=$threads

before='rm -rf "$space/archive"'
time_of "bare walk" "$bin/examples/bare_walk" "$space/input" "$threads"; walk=$median
time_of "reading alone" "$bin/examples/reading_alone" "$space" "$threads"; reading=$median
time_of "reading to figures" "$bin/examples/reading_to_figures" "$space" 2024-03 "$threads"; figures=$median
time_of "run, cold" "${run[@]}"; cold=$median
before=""
time_of "run, nothing changed" "${run[@]}"; same=$median
changed=$(find "$space/input" -name '*.xlsx' | sort | sed -n 1p)
# Other bytes, the same figures: a byte after the end of the archive, more of them each time.
before='printf "\0" >> "$changed"'
time_of "run, one file changed" "${run[@]}"; one=$median
awk -v walk="$walk" -v reading="$reading" -v figures="$figures" -v cold="$cold" -v same="$same" -v one="$one" 'BEGIN {
  printf "reading alone / bare walk       %.2f\nreading to figures / bare walk  %.2f\nnothing changed / cold          %.3f\none file changed / cold         %.3f\n",
    reading / walk, figures / walk, same / cold, one / cold }'
