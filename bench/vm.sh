#!/bin/sh
# What predicates cost; `make bench` runs it.
set -e
build=${BUILD:-build} out=${BUILD:-build}/bench
mkdir -p "$out"
"${MOT:-$build/mot}" compile bench/vm.mot -o "$out/vm.motc"
${CC:-gcc} -std=c17 -D_POSIX_C_SOURCE=200809L -O2 -I. -o "$out/vm" bench/vm.c "$build/internal.a" \
  -lsimdjson -lstdc++ -lxxhash -lutf8proc -lm
exec "$out/vm" "$out/vm.motc"
