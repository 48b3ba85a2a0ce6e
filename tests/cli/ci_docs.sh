#!/bin/bash
# The snippets of docs/ci.md: they are sound YAML, and each of their command lines does what the page says, in a repository
# of rules. Only what reaches out stands still: installing packages, fetching the sources of mot, writing to GitHub.
. "$(dirname "$0")/common.bash"

# Blocks by their first comment: "# .gitlab-ci.yml" → snippets/.gitlab-ci.yml
mkdir -p snippets
awk '/^```(yaml|sh)$/ { getline first; shebang = ""
       if (first ~ /^#!/) { shebang = first "\n"; getline first }
       n = split(first, parts, "/"); file = "snippets/" parts[n]; sub(/# /, "", file); printf "%s%s\n", shebang, first >file; next }
     /^```/ { file = "" } file { print >file }' "$root/docs/ci.md"
is "the page has the four snippets" [ -s snippets/rules.yml -a -s snippets/.gitlab-ci.yml -a -s snippets/.pre-commit-config.yaml -a -s snippets/pre-commit ]

# Every step or job as a script of its own: NUMBER.sh, with its variables at its head.
cat >extract.py <<'EOF'
import re, sys, yaml
what, path, out = sys.argv[1:]
document = yaml.safe_load(open(path))
EXPRESSIONS = {"github.base_ref": "main", "github.token": "secret", "github.repository": "us/rules",
               "github.event.pull_request.number": "7", "env.MOT_VERSION": "v0.1.0"}
def value(text):
    return re.sub(r"\$\{\{ *([\w.]+) *\}\}", lambda m: EXPRESSIONS[m[1]], str(text))
def quoted(text):
    return "'" + text.replace("'", "'\\''") + "'"
def write(number, name, variables, lines):
    assert "${{" not in lines, lines
    with open(f"{out}/{number:02}.sh", "w") as f:
        f.write(f"# {name}\n" + "".join(f"export {k}={quoted(value(v))}\n" for k, v in variables.items()) + lines)
def github():
    number = 0
    assert set(document) - {True} == {"name", "env", "permissions", "defaults", "jobs"} and True in document  # `on`
    for job in document["jobs"].values():
        assert {"runs-on", "steps", "permissions"} <= set(job)
        for step in job["steps"]:
            assert ("run" in step) != ("uses" in step), step
            if "uses" in step: assert re.fullmatch(r"[\w-]+/[\w-]+(/[\w-]+)?@v\d+", step["uses"]), step
            elif "cache-hit" not in step.get("if", ""):
                number += 1
                write(number, step["name"], {**document["env"], **step.get("env", {})}, step["run"])
def gitlab():
    base = document[".mot"]
    jobs = {name: job for name, job in document.items() if isinstance(job, dict) and "script" in job}
    for number, (name, job) in enumerate(jobs.items()):
        assert job["extends"] == ".mot"
        write(number + 1, name, document["variables"], "\n".join(base["before_script"] + job["script"]) + "\n")
    open(out + "/coverage", "w").write(jobs["test"]["coverage"].strip("/"))
def precommit():
    for number, hook in enumerate(document["repos"][0]["hooks"]):
        assert hook["language"] == "system" and re.search(hook["files"], "rules/asking.mot")
        write(number + 1, hook["id"], {}, hook["entry"] + " rules/asking.mot\n")
{"github": github, "gitlab": gitlab, "precommit": precommit}[what]()
EOF
for pair in github:rules.yml gitlab:.gitlab-ci.yml precommit:.pre-commit-config.yaml; do
  mkdir -p "steps/${pair%%:*}"
  run python3 extract.py "${pair%%:*}" "snippets/${pair#*:}" "steps/${pair%%:*}"
  is "${pair#*:} is as its reader wants it" code_is 0
done

# ---- a repository of rules, with a change on a branch ----

export HOME=$work/home GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@x.example \
  GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@x.example
mkdir -p home bin
ln -s "$MOT" bin/mot
for tool in apt-get gh; do
  printf '#!/bin/sh\necho "%s $*" >>"%s/reached"\n[ %s != gh ] || cat "$7" >>"%s/reached"\n' $tool "$work" $tool "$work" >bin/$tool
  chmod +x bin/$tool
done
export PATH=$work/bin:$PATH GITHUB_PATH=$work/github_path GITHUB_STEP_SUMMARY=$work/summary.md

# A framework of which all is tested: each limit at both sides.
add_tests() {
  local at
  for at in "02 09:00 produced" "03 08:59:59 produced" "03 09:00 produced" "03 09:00:01 missed"; do
    set -- $at
    printf 'test "Quick: an answer on day %s at %s" {\n  at 2026-03-02 09:00     Asked { customer "c1" }\n  at 2026-03-%s %s  Answered { customer "c1" wait 3 s }\n  expect %s Quick\n}\n' "$1" "$2" "$1" "$2" "$3"
  done
  for at in "12 08:59:59 produced" "12 09:00 produced" "12 09:00:01 missed"; do
    set -- $at
    printf 'test "the outcome on day %s at %s" {\n  at 2026-03-02 09:00     Asked { customer "c1" }\n  at 2026-03-%s %s  Answered { customer "c1" wait 3 s }\n  expect %s sco\n}\n' "$1" "$2" "$1" "$2" "$3"
  done
  printf 'test "never" {\n  at 2026-03-02 09:00  Asked { customer "c1" }\n  end at 2026-05-01\n  expect missed sco\n}\n'
}
git init -q -b main --bare origin.git
git init -q -b main repository
mkdir -p repository/rules
(cat good.mot; add_tests) >repository/rules/asking.mot
sed 's/experience Asking/experience Other/; s/for Asking/for Other/' good.mot >repository/rules/other.mot
(cd repository && mot fmt rules/*.mot && git add -A && git commit -q -m rules && git remote add origin ../origin.git &&
  git push -q origin main && git checkout -q -b change && sed -i 's/90% over 7 d/95% over 7 d/' rules/asking.mot && git commit -q -am 'a higher aim') >/dev/null 2>&1
cp repository/rules/asking.mot sound.mot

# step SCRIPT: as the runner does it, from the root of the repository.
step() { cd "$work/repository" && run bash --noprofile --norc -eo pipefail "$work/steps/$1"; }
named() { grep -lxF "# $1" "$work"/steps/github/*.sh | sed "s|$work/steps/||"; }

is "git is ready" [ -n "$(git -C repository rev-parse --verify -q change)" ]
is "only what installs and what comments reaches out" \
  [ "$(cd steps/github && grep -lE 'apt-get|gh |git clone|curl' ./*.sh | wc -l)" = 2 ]
# The second framework has no tests: the share asked for is of all files together, so it is left out where that is looked at.
rm repository/rules/other.mot
for script in steps/github/*.sh; do
  step "github/$(basename "$script")"
  is "GitHub: $(sed -n '1s/^# //p' "$work/$script")" code_is 0
  cd "$work" || exit 1
done
is "SARIF and JUnit XML are made" [ -s repository/mot.sarif -a -s repository/junit.xml -a -s repository/coverage.html -a -s repository/coverage.info ]
is "the meaning is said in the summary and in the pull request" all grep -q '95% over 7 d' summary.md : \
  grep -q '95% over 7 d' reached : grep -qx 'gh pr comment 7 --edit-last --create-if-none --body-file diff.md' reached
run cat github_path
is "the path is told" says /opt/mot/bin

# What is wrong fails, where the page says so, and nowhere else.
wrong() { # NAME, sed expression, steps that fail
  sed "$2" "$work/sound.mot" >"$work/repository/rules/asking.mot"
  local failed= name
  for name in 'Layout' 'Findings at the lines' 'Tests, and how much of the rules they try' 'Files for other tools'; do
    step "$(named "$name")"
    [ "$code" = 0 ] || failed+="$name;"
  done
  out=$failed
  is "GitHub: $1 fails: $3" [ "$failed" = "$3" ]
  cd "$work" || exit 1
}
wrong "a mistyped event" 's/smoto     Answered/smoto     Anwsered/' "Findings at the lines;Tests, and how much of the rules they try;"
wrong "another layout" 's/^  manager ana/  manager   ana/' "Layout;"
wrong "a test that does not hold" 's/within 1 d/within 2 d/' "Tests, and how much of the rules they try;"
wrong "too few tests" '/^test "/,$d' "Tests, and how much of the rules they try;"
cp sound.mot repository/rules/asking.mot

# ---- GitLab ----

git -C repository worktree remove --force ../base
mkdir -p repository/.mot/bin && ln -s "$MOT" repository/.mot/bin/mot
export CI_PROJECT_DIR=$work/repository CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main
for script in steps/gitlab/*.sh; do
  step "gitlab/$(basename "$script")"
  is "GitLab: job $(sed -n '1s/^# //p' "$work/$script")" code_is 0
  case $(head -1 "$work/$script") in
    *test) is "GitLab: the figure of coverage is found" [ "$(grep -cP "$(cat "$work/steps/gitlab/coverage")" <<<"$out")" = 2 ] ;;
    *meaning) is "GitLab: the meaning is told" says '95% over 7 d' ;;
  esac
  cd "$work" || exit 1
done

# ---- before a commit ----

for script in steps/precommit/*.sh; do
  step "precommit/$(basename "$script")"
  is "pre-commit: $(sed -n '1s/^# //p' "$work/$script")" code_is 0
  cd "$work" || exit 1
done
install -m 755 snippets/pre-commit repository/.git/hooks/pre-commit
cd repository || exit 1
sed -i 's/95% over 7 d/96% over 7 d/' rules/asking.mot && git add rules/asking.mot
run git commit -q -m 'higher still'
is "the hook lets a sound change pass" code_is 0
sed -i 's/smoto     Answered/smoto     Anwsered/' rules/asking.mot && git add rules/asking.mot
run git commit -q -m 'a mistake'
is "the hook stops a mistake" all [ "$code" != 0 ] : complains 'Anwsered'
git checkout -q HEAD rules/asking.mot
echo x >readme && git add readme
run git commit -q -m 'no rules'
is "the hook has no word on other files" all code_is 0 : [ -z "$out$err" ]
