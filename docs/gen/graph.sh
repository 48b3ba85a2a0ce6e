#!/bin/sh
# Writes docs/graph.md, with the pictures of the example as they are drawn now.
set -e
mot=${MOT:-build/mot}
out=${OUT:-docs}/graph.md

# A picture of the example with the command that draws it.
picture() {
  echo "\`mot graph examples/broadband/broadband.mot$* --format mermaid\` gives this:"
  echo
  echo '```mermaid'
  # shellcheck disable=SC2048,SC2086
  "$mot" graph examples/broadband/broadband.mot $* --format mermaid
  echo '```'
}

{
  cat <<'EOF'
# Pictures of rules

`mot graph RULES` draws what a rule file (or a module) says: to hang on a wall, to put into a page, to look at before
reading the rules. Three kinds of pictures, each in three formats:

| `--kind` | shows |
| --- | --- |
| `experience` (the default) | the map of each experience, from left to right |
| `nsat` | goals: what each is made of, who answers for it, what it is held against |
| `owners` | people and teams below whom they report to, with all that names them |

| `--format` | is |
| --- | --- |
| `svg` (the default) | a picture that any browser shows, in light and dark; it holds its texts as text, and tells in words what it shows to those who do not see it. Arranging it takes Graphviz' library, which is loaded when it is needed (Debian, Ubuntu: `apt-get install libgvc6`) |
| `mermaid` | a flowchart for Markdown: GitHub, GitLab and others draw it where they find a block of the language `mermaid` |
| `dot` | for Graphviz' `dot` and what else reads its language |

`--experience NAME` draws one alone, `-o FILE` writes a file. Exit codes: 0 drawn; 1 the rules have errors; 2 there is
nothing to draw, or it cannot be drawn or written.

## The map of an experience

    mot graph examples/broadband/broadband.mot -o broadband.svg

What happens to the customer leads to the moments that it opens; a dashed line leads on to what they wait for, or what
must not happen. Each moment has its name, its title in the customer's words, its SMOTO as it stands in the rules, how it
opens, its targets, who produces and who leads it, what stops its clock, and what is done when it is missed. One that is
critical has a double frame and a sign. Beside the moments stand the promise of the whole (the Successful
Customer Outcome), how a journey starts, how it ends, and what makes it void. A silence (`no Login for 30 d`) has a
box of its own with a dashed frame, an outcome of another experience one too. Under the pointer, a box shows all of its
text, also where the picture has only the beginning.

EOF
  picture
  cat <<'EOF'

## Goals

Each goal leads to those that it is made of; the figure at the line is the share of the part. A goal for `each`
individual is drawn as a stack.

EOF
  picture " --kind nsat"
  cat <<'EOF'

## People

For each person and team: the experiences they manage, the moments they lead or produce, their goals and reviews, what they
correct, and of what they are told, with the severity. With `--experience` those are left out who have nothing to do with
it.

EOF
  picture " --kind owners"
  cat <<'EOF'

## Good to know

- Colours of SVG follow the reader's system (light or dark); on paper they are light. Whatever a colour says, a word or a shape says
  too.
- Boxes are as wide as the widest of the usual fonts needs, so that no text leaves them, whichever font the reader has.
- The same rules give the same DOT and Mermaid. Where things stand in SVG is Graphviz' decision and may differ from version
  to version.
- Of a MOT by `like` the map shows the condition of the pattern, and what was given to it.
- A map of fifty moments is wide: print it on two sheets, or draw one experience at a time.
EOF
} >"$out"
