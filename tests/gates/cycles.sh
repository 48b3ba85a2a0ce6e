#!/bin/bash
# No cycles between modules: a module is a path without extension (x.c, x.h are one).
set -u

# "module needs-module" of every include of the project's own files
edges() {
  find base bytecode grammar compiler runtime report cli include -name '*.[chly]' | sort | while read -r file; do
    sed -n 's/^[ \t]*#[ \t]*include[ \t]*"\([^"]*\/[^"]*\)\.h".*/\1/p' "$file" | sed "s|^|${file%.*} |"
  done | sed 's|include/mot/|mot/|' | awk '$1 != $2' | sort -u
}

# Takes away modules that need none that are left, and those that none left needs, until nothing
# changes: what stays are the cycles and what joins them.
left=$(edges | awk '
  { from[NR] = $1; to[NR] = $2; needs[$1]++; needed[$2]++ }
  END {
    for (changed = 1; changed;) {
      changed = 0
      for (i in from) {
        if (needs[to[i]] > 0 && needed[from[i]] > 0) continue
        needs[from[i]]--
        needed[to[i]]--
        delete from[i]
        delete to[i]
        changed = 1
      }
    }
    for (i in from) print "# " from[i] " -> " to[i]
  }' | sort)

[ -z "$left" ] || echo "$left"
if [ -z "$left" ]; then echo "ok no module includes itself by a detour"; else
  echo "not ok no module includes itself by a detour"
fi
