#!/bin/sh
# Writes docs/errors.md from the table of messages.
set -e
mot=${MOT:-build/mot}
out=${OUT:-docs}/errors.md
{
  cat <<'EOF'
# Messages

Made by `make docs` from base/diag.def; `mot explain CODE` shows the same. E codes are
errors: no module is made. W codes are warnings: `allow CODE "reason"` silences one
where it stands, `--deny` makes an error of it.

An example that is not a whole file follows the declarations of
tests/frame/decls.mot, or stands in the MOT of tests/frame/mot.mot.

EOF
  "$mot" explain --list --format markdown
} >"$out"
