#!/bin/bash
# Runs test programs and scripts one after the other, all of them whatever fails, and ends with the
# total. Each prints a line `ok NAME` or `not ok NAME` a test (cmocka's TAP output, with numbers, is
# that too). One that ends badly, hangs or says nothing counts as one failed test more.
#
#   tests/run.sh PROGRAM…      logs in $BUILD/tests/*.log; VERBOSE=1 shows every line
set -u
build=${BUILD:-build}
limit=${TEST_SECONDS:-600}
export BUILD=$build MOT=${MOT:-$build/mot}
export CMOCKA_MESSAGE_OUTPUT=TAP
mkdir -p "$build/tests"
passed=0
failed=0

# One program: adds to the totals, shows what went wrong.
run_one() {
  local program=$1 name log status ok not_ok
  name=$(basename "$program" .sh)
  log=$build/tests/$name.log
  timeout "$limit" "$program" >"$log" 2>&1 </dev/null
  status=$?
  ok=$(grep -c '^ok ' "$log")
  not_ok=$(grep -c '^not ok ' "$log")
  if [ "$not_ok" -eq 0 ] && [ $status -ne 0 ]; then
    not_ok=1
    echo "not ok $name ended with status $status" >>"$log"
  elif [ $((ok + not_ok)) -eq 0 ]; then
    not_ok=1
    echo "not ok $name ran no test" >>"$log"
  fi
  passed=$((passed + ok))
  failed=$((failed + not_ok))
  if [ "$not_ok" -ne 0 ]; then
    echo "FAILED $program"
    grep -v '^ok ' "$log" | sed 's/^/  /'
  elif [ -n "${VERBOSE:-}" ]; then
    sed 's/^/  /' "$log"
  else
    echo "passed $name: $ok"
  fi
}

for program; do run_one "$program"; done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
