#!/bin/bash
# The time of one event, of a start, and memory over time; `make bench` runs it.
set -euo pipefail
build=${BUILD:-build}
mkdir -p "$build/bench"
"${CC:-gcc}" -std=c17 -D_POSIX_C_SOURCE=200809L -O2 -Iinclude -o "$build/bench/latency" bench/latency.c "$build/libmot.a" \
  -lsimdjson -lstdc++ -lxxhash -lutf8proc -lm -pthread
"$build/bench/latency" bench/latency.mot "${MOT:-$build/mot}" examples/broadband/events.ndjson
