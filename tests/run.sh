#!/bin/bash
# Runs test programs and scripts, as many at a time as there are processors, all of them whatever fails, and ends
# with the total. Each prints a line `ok NAME` or `not ok NAME` a test (cmocka's TAP output, with numbers, is
# that too). One that ends badly, hangs or says nothing counts as one failed test more.
#
#   tests/run.sh PROGRAM…      logs in $BUILD/tests/*.log; VERBOSE=1 shows every line, JOBS=1 runs one at a time
set -u
build=${BUILD:-build}
limit=${TEST_SECONDS:-600}
jobs=${JOBS:-$(nproc)}
export BUILD=$build MOT=${MOT:-$build/mot}
export CMOCKA_MESSAGE_OUTPUT=TAP
mkdir -p "$build/tests"
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

# Two scripts of one name stand in different folders: tests/cli/run.sh is cli-run.
name_of() {
  case $1 in
    */*.sh) basename "$(dirname "$1")-$(basename "$1" .sh)" ;;
    *) basename "$1" ;;
  esac
}

# One program: what it said goes to its log, how it went to a file of its own, "passed failed".
run_one() { # number, program
  local program=$2 name log status ok not_ok
  name=$(name_of "$program")
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
  if [ "$not_ok" -ne 0 ]; then
    echo "FAILED $program"
    grep -v '^ok ' "$log" | sed 's/^/  /'
  elif [ -n "${VERBOSE:-}" ]; then
    sed 's/^/  /' "$log"
  else
    echo "passed $name: $ok"
  fi >"$results/$1.said"
  echo "$ok $not_ok" >"$results/$1"
  cat "$results/$1.said"
}

number=0
for program; do
  while [ "$(jobs -rp | wc -l)" -ge "$jobs" ]; do wait -n; done
  number=$((number + 1))
  run_one "$number" "$program" &
done
wait

passed=0
failed=0
for ((i = 1; i <= number; i++)); do
  read -r ok not_ok <"$results/$i" || { ok=0 not_ok=1; }
  passed=$((passed + ok))
  failed=$((failed + not_ok))
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
