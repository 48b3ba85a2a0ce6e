#!/bin/sh
# The speed and memory of the compiler; `make bench` runs it.
set -e
out=${BUILD:-build}/bench
mkdir -p "$out"
${CC:-gcc} -std=c17 -O2 -I. -Iinclude -o "$out/compile" bench/compile.c bench/framework.c \
  "${BUILD:-build}/libmot.a" -lsimdjson -lstdc++ -lxxhash -lutf8proc -lm
exec "$out/compile" "${MOT:-build/mot}" examples/broadband/broadband.mot
