#!/bin/bash
# The examples of the documents compile, and the generated pages are current.
. "$(dirname "$0")/common.bash"

# Each fence ```mot FRAME of a document as a file NAME.LINE.FRAME in $work/examples.
mkdir -p examples
for document in "$root"/docs/language.md "$root"/README.md; do
  awk -v name="examples/$(basename "$document" .md)" '
    /^```mot [a-z]+$/ { file = name "." NR "." $2; printf "" >file; next }
    /^```/ { file = "" }
    file { print >file }' "$document"
done
for example in examples/*; do
  case $example in
    *.file) cp "$example" whole.mot ;;
    *.decls) cat "$root/tests/frame/decls.mot" "$example" >whole.mot ;;
    *.mot) cat "$root/tests/frame/decls.mot" "$root/tests/frame/mot.mot" | sed -e "/#@/r $example" >whole.mot ;;
    *) false ;;
  esac
  run "$MOT" check whole.mot
  is "example ${example#examples/} compiles" code_is 0
done

mkdir -p pages
for script in "$root"/docs/gen/*.sh; do
  (cd "$root" && OUT="$work/pages" "$script") || echo "not ok $script runs"
done
for page in pages/*; do
  run diff "$root/docs/${page#pages/}" "$page"
  is "docs/${page#pages/} is what \`make docs\` writes" code_is 0
done
