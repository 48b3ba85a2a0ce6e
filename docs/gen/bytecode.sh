#!/bin/sh
# Writes docs/bytecode.md from the .def files of bytecode/.
set -e
build=${BUILD:-build}
out=${OUT:-docs}/bytecode.md
mkdir -p "$build/docs"
${CC:-cc} -std=c17 -I. -o "$build/docs/bytecode_md" docs/gen/bytecode_md.c bytecode/names.c
{
  cat <<'EOT'
# Modules

Made by `make docs` from ops.def, functions.def, builtins.def, tables.def and enums.def in
bytecode/. `mot disasm` shows a module in these words.

A module is one block of little-endian bytes: a header (`motc`, format, size, XXH3-64 checksum of
all that follows it, number of sections), an entry for each section (offset, rows, bytes of a row),
then the sections: texts, the tables in the order below, instructions. Each section begins at a
multiple of 8, right behind the one before. bytecode/format.h has the details.

Operands: `W` a register that is written, `R` one that is read; `B` truth, `I` integer, `F` number,
`S` text, `T` verdict of three values. `K` a constant; `EV` field of the event, `JS`, `MS`, `OS` slot
of the journey, of the subject, of the decided moment that is heard; bytecode/ops.def explains the
others. At hand: `E` event, `J` journey, `S` subject (open moment, correction or SCO), `C` its
condition, `O` a decided moment, `H` handler, `G` group of aggregates.

EOT
  "$build/docs/bytecode_md"
} >"$out"
