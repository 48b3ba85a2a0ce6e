# Helpers of the scripts in this folder; sourced.
set -u
MOT=$(realpath "${MOT:-build/mot}")
root=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../..")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export NO_COLOR=1

# run COMMAND…: its output in $out, its standard error in $err, its exit code in $code.
run() {
  code=0
  "$@" >"$work/.out" 2>"$work/.err" </dev/null || code=$?
  out=$(tr -d '\0' <"$work/.out")
  err=$(tr -d '\0' <"$work/.err")
}

# is NAME CONDITION…: one test; shows the last run when it fails.
is() {
  local name=$1
  shift
  if "$@"; then
    echo "ok $name"
  else
    echo "# exit code ${code:-}"
    printf '%s\n' "${out:-}" "${err:-}" | head -20 | sed 's/^/# /'
    echo "not ok $name"
  fi
}

code_is() { [ "$code" -eq "$1" ]; }
says() { grep -qF -- "$1" <<<"$out"; }       # on standard output
complains() { grep -qF -- "$1" <<<"$err"; }  # on standard error
all() { # CONDITION : CONDITION : …  all of them
  local -a condition=()
  local word
  for word in "$@" :; do
    if [ "$word" = : ]; then
      "${condition[@]}" || return 1
      condition=()
    else
      condition+=("$word")
    fi
  done
}

# A small sound framework and one with a mistake, in $work.
cat >"$work/good.mot" <<'EOF'
event Asked    { customer: id }
event Answered { customer: id  wait: duration }
owner ana "Ana" { role experience_manager  contact "mailto:ana@x.example" }
owner ben "Ben" { role mot_manager  contact "mailto:ben@x.example" }
team  desk "Desk" { lead ben  role producer }
experience Asking "Asking" {
  for      customer
  manager  ana
  starts   on Asked
  sco      "I get an answer"  Answered within 10 d
  ends     on Answered
  expires  after 30 d
  mot Quick "You answer quickly" {
    manager   ben
    producers desk
    when      Asked
    smoto     Answered within 1 d
    target    90% over 7 d
  }
}
nsat Star "Answers" for Asking {
  goal All "Everybody gets an answer" {
    owner   ana
    measure sco
    target  90% over 30 d
    goal Fast "Quick answers" { owner desk  measure Quick  target 90% over 30 d }
  }
}
EOF
sed 's/smoto     Answered/smoto     Anwsered/' "$work/good.mot" >"$work/bad.mot"
sed '/manager   ben/d' "$work/good.mot" >"$work/warn.mot"
cd "$work" || exit 1
