#!/bin/bash
# The speed of runs on W1; `make bench` runs it.  See bench/README.md for MOT_BENCH_PEER.
#
#   EVENTS=1000000 CUSTOMERS=100000 RUNS=5 THREADS='1 2' bench/run.sh
set -euo pipefail
build=${BUILD:-build}
out=$build/bench
events=${EVENTS:-1000000} customers=${CUSTOMERS:-100000} runs=${RUNS:-5} threads=${THREADS:-1 2}
peer=${MOT_BENCH_PEER:-}
mkdir -p "$out"

compile() { # program, source, libraries…
  "${CC:-gcc}" -std=c17 -D_POSIX_C_SOURCE=200809L -O2 -I. -Iinclude -o "$@"
}
compile "$out/run_w1" bench/run_w1.c "$build/libmot.a" -lsimdjson -lstdc++ -lxxhash -lutf8proc -lm -pthread
compile "$out/stream" bench/stream.c

# The stream is made once for its size and its maker.
maker=$([ -n "$peer" ] && echo peer || echo own)
lines=$out/$maker-$events-$customers.ndjson
records=$out/$maker-$events-$customers.bin
if [ ! -e "$records" ]; then
  if [ -n "$peer" ]; then
    "$peer/gen" -n "$events" -c "$customers" -j "$lines" -b "$records.part"
  else
    "$out/stream" "$events" "$customers" "$lines" "$records.part"
  fi
  mv "$records.part" "$records"
fi

measure() { # name, command…: appends `name ns` for one run
  local name=$1
  shift
  "$@" 2>&1 >/dev/null | sed -n "s|.*ns/ev \([0-9.]*\).*|$name \1|p" >>"$out/figures"
}

: >"$out/figures"
for _ in $(seq "$runs"); do
  for t in $threads; do
    measure "lines/$t" "$out/run_w1" bench/w1.mot "$lines" --threads "$t"
    measure "typed/$t" "$out/run_w1" bench/w1.mot "$records" --typed --threads "$t"
    measure "json/$t" "$out/run_w1" bench/w1.mot "$lines" --json --threads "$t"
    measure "managed/$t" "$out/run_w1" bench/w1_managed.mot "$lines" --json --threads "$t"
    measure "w0/$t" "$out/run_w1" bench/w0.mot "$lines" --threads "$t"
    [ -n "$peer" ] || continue
    measure "peer-lines/$t" "$peer/limit" w1 sj "$lines" -t "$t" -q
    measure "peer-binary/$t" "$peer/limit" w1 bin "$records" -t "$t" -q
    measure "peer-w0/$t" "$peer/limit" w0 sj "$lines" -t "$t" -q
  done
done

echo "W1, $events events, medians of $runs, nanoseconds an event"
awk -v threads="$threads" '
  { values[$1, ++count[$1]] = $2 }
  function median(name,  i, j, n, sorted, swap) {
    n = count[name]
    for (i = 1; i <= n; i++) sorted[i] = values[name, i]
    for (i = 2; i <= n; i++)
      for (j = i; j > 1 && sorted[j] < sorted[j - 1]; j--) {
        swap = sorted[j]
        sorted[j] = sorted[j - 1]
        sorted[j - 1] = swap
      }
    return n ? sorted[int((n + 1) / 2)] : 0
  }
  function row(title, name, other,  t, m, p, one) {
    printf "%-34s", title
    one = median(name "/" list[1])
    for (t = 1; t <= cols; t++) {
      m = median(name "/" list[t])
      p = other ? median(other "/" list[t]) : 0
      printf("  %8.1f", m)
      if (t > 1 && m) printf(" (%.2f times)", one / m)
      if (p) printf(" = %.2f of %.1f", m / p, p)
    }
    print ""
  }
  END {
    cols = split(threads, list, " ")
    printf "%-34s", "threads"
    for (t = 1; t <= cols; t++) printf "  %8s", list[t]
    print ""
    row("lines of JSON, counted", "lines", "peer-lines")
    row("typed events, counted", "typed", "peer-binary")
    row("lines of JSON, records as JSON", "json", "")
    row("… every MOT with target and goal", "managed", "json")
    row("W0, lines of JSON", "w0", "peer-w0")
  }' "$out/figures"
"$out/run_w1" bench/w1.mot "$lines" --none 2>&1 | grep -o 'customers.*memory-peak [0-9.]* MB'
