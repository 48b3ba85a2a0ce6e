#!/bin/sh
# Writes docs/stdlib.md from the `##` documentation in stdlib/std.
set -e
out=${OUT:-docs}/stdlib.md
# As a reader would look for them, not by the alphabet.
modules='contact promise delivery onboarding payment incident recovery retention survey idea calendar alert
  correction cloudevents'
files=$(for module in $modules; do echo "stdlib/std/$module.mot"; done)
for file in stdlib/std/*.mot; do
  case $files in
    *"$file"*) ;;
    *)
      echo "docs/gen/stdlib.sh: $file has no place in the order of modules" >&2
      exit 1
      ;;
  esac
done
{
  cat <<'EOT'
# The standard library

Made by `make docs` from the comments in [stdlib/std](../stdlib/std). It is written in the language itself and comes with
the compiler: `use std.contact` at the top of a file is all that is needed, and only what is named becomes part of the
module.

Most of it is **patterns**: promises that many companies make, each with its `when` and its SMOTO. A MOT that is `like`
a pattern says what stands for the pattern's parameters, who answers for it, and its target. Any clause of its own takes
the place of the pattern's:

```mot library
mot Answered "You pick up and solve it" like std.contact.AnsweredWithin(CallEnded, 60 s) {
  manager   ben
  producers care
  target    80% over 1 d
  weight    2
}
```

Parameters with a capital are kinds of events (`CallEnded`, also `CallEnded where resolved`), calendars or MOTs of yours;
the others are values. A value may be a field of the event that opens the moment (`opening.promised`) or of the one that
began the journey (`start.promised`). Where a kind needs certain fields, declare yours with them, or `like` the one that
is named: `event CallEnded like std.contact.CallEnded from "call.ended" { customer: id }`.

| module | about |
| --- | --- |
EOT
  # shellcheck disable=SC2086
  awk 'FNR == 1 { name = FILENAME; gsub(/.*\/|\.mot$/, "", name); line = "| [std." name "](#std" name ") |"; on = 1 }
    on && !/^## / { print line " |"; on = 0 }
    on { line = line " " substr($0, 4) }' $files
  # shellcheck disable=SC2086
  awk -f docs/gen/stdlib.awk $files
} >"$out"
