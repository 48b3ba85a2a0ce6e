#!/bin/bash
# The runner itself: what it counts, that it goes on after a failure, and its closing line.
set -u
run=$PWD/tests/run.sh
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

program() { # name, its text
  printf '#!/bin/sh\n%s\n' "$2" >"$dir/$1"
  chmod +x "$dir/$1"
}
program good 'echo "ok 1 - a"; echo "ok b"; echo "# not ok c"'
program bad 'echo "ok a"; echo "not ok b"; exit 1'
program crash 'echo "ok a"; kill -SEGV $$'
program silent 'exit 0'
program hang 'echo "ok a"; sleep 60'

expect() { # name, wanted closing line and status, programs…
  local name=$1 wanted=$2 got
  shift 2
  got=$(cd "$dir" && BUILD=$dir/build TEST_SECONDS=1 "$run" "$@" 2>&1; echo "status $?")
  got=$(tail -2 <<<"$got" | tr '\n' ' ')
  if [ "$got" = "$wanted " ]; then echo "ok $name"; else
    echo "# wanted: $wanted"
    echo "# got:    $got"
    echo "not ok $name"
  fi
}

expect 'lines of both forms are counted' '2 passed, 0 failed status 0' ./good
expect 'a failure does not stop the others' '3 passed, 1 failed status 1' ./bad ./good
expect 'a crash is a failure' '1 passed, 1 failed status 1' ./crash
expect 'a program that tests nothing is a failure' '0 passed, 1 failed status 1' ./silent
expect 'a program that hangs is stopped and is a failure' '1 passed, 1 failed status 1' ./hang
expect 'a program that is not there is a failure' '0 passed, 1 failed status 1' ./absent
