#!/bin/bash
# The library in a program of somebody else: static and shared, as installed, in C and in C++.
. "$(dirname "$0")/common.bash"
build=$(dirname "$MOT")
cc=${CC:-gcc}
# What a library made for the sanitizers needs of a program.
extra=$(grep -o -- '-fsanitize=[^ ]*' "$build/flags" | sort -u | grep -v no-link | tr '\n' ' ')
libs="-lsimdjson -lstdc++ -lxxhash -lutf8proc -lm -pthread"
cd "$work" || exit 1

cat >expected <<'EOF'
{"kind":"moment","outcome":"produced","experience":"Help","mot":"Soon","key":{"customer":"ann"},"opened":"2026-03-02T09:00:00.000Z","decided":"2026-03-02T10:00:00.000Z","deadline":"2026-03-02T11:00:00.000Z","took_ms":3600000,"critical":false,"weight":1,"manager":"ben","producers":["desk"],"because":"Answered where helpful at 2026-03-02T10:00:00.000Z"}
{"kind":"sco","outcome":"produced","experience":"Help","key":{"customer":"ann"},"started":"2026-03-02T09:00:00.000Z","decided":"2026-03-02T10:00:00.000Z","took_ms":3600000,"because":"Answered at 2026-03-02T10:00:00.000Z"}
{"kind":"journey","end":"ended","experience":"Help","key":{"customer":"ann"},"started":"2026-03-02T09:00:00.000Z","at":"2026-03-02T10:00:00.000Z","sco":"produced","disruption":0,"moments":{"produced":1,"missed":0,"void":0}}
EOF
prints_expected() { [ "$out" = "$(cat expected)" ]; }

is "the example of embedding is shorter than 60 lines" [ "$(wc -l <"$root/examples/embed/embed.c")" -lt 60 ]

# shellcheck disable=SC2086
run $cc $extra -I"$root/include" -o static "$root/examples/embed/embed.c" "$build/libmot.a" $libs
is "a program is linked to the static library" code_is 0
run ./static
is "and prints the records of its rules" all code_is 0 : prints_expected

# shellcheck disable=SC2086
run $cc $extra -I"$root/include" -o shared "$root/examples/embed/embed.c" -L"$build" -lmot
is "a program is linked to the shared library, which knows what it needs" code_is 0
run env LD_LIBRARY_PATH="$build" ./shared
is "and prints the same" all code_is 0 : prints_expected
run readelf -d shared
is "it asks for the library by its version" says "[libmot.so.0]"

cp "$root/examples/embed/embed.c" embed.cc
# shellcheck disable=SC2086
run g++ $extra -Wall -Wextra -Werror -I"$root/include" -o plus embed.cc -L"$build" -lmot
is "the same program is C++ too" code_is 0
run env LD_LIBRARY_PATH="$build" ./plus
is "and prints the same there" all code_is 0 : prints_expected
