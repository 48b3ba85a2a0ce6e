# The part of docs/stdlib.md that goes through the modules: `##` lines and the declaration below them.

FNR == 1 { first_of_file() }
/^##/ { doc_line(substr($0, 4)); next }
/^module / { module($2); next }
/^stream / { forget(); next }
/^(event|calendar|pattern|def|metric) / { declaration(); next }
kind == "event" && /^  ## / { field_doc = field_doc (field_doc == "" ? "" : " ") substr($0, 6); next }
kind == "event" && /^  [`a-z]/ { field(); next }
kind == "pattern" && body && /^}/ { close_body(); next }
kind == "pattern" && body { print substr($0, 3); next }
# A signature goes on in the next line.
open_signature { signature_line($0) }

function first_of_file() { close_body(); forget(); kind = "" }

function forget() { split("", docs); count = 0 }

function doc_line(text) { docs[++count] = text }

# Text, and what is set in by four blanks as an example that the tests compile.
function put_docs(from,  i, example) {
  for (i = from; i <= count; i++) {
    if (docs[i] ~ /^    /) {
      if (!example) print "```mot library"
      example = 1
      print substr(docs[i], 5)
      if (i == count || docs[i + 1] !~ /^    /) { print "```"; example = 0 }
    } else {
      print docs[i]
    }
  }
  forget()
}

function module(name) {
  print ""
  print "## " name
  print ""
  put_docs(1)
}

function declaration(  name) {
  kind = $1
  name = $2
  sub(/[({].*/, "", name)
  print ""
  print "### " name
  print ""
  put_docs(1)
  if (kind == "event") begin_event()
  if (kind == "pattern" || kind == "def") {
    signature = ""
    open_signature = 1
    signature_line($0)
  }
}

# ---- the fields of an event ----

function begin_event() {
  field_doc = ""
  print ""
  print "| field | is | |"
  print "| --- | --- | --- |"
}

function field(  name, type) {
  name = $1
  sub(/:$/, "", name)
  type = $0
  sub(/^ *[^ ]+ +/, "", type)
  print "| `" name "` | " kind_of(type) " | " field_doc " |"
  field_doc = ""
}

# ---- the parameters of a pattern or def, then what it says ----

function signature_line(line) {
  sub(/^ +/, " ", line)
  signature = signature line
  if (kind == "pattern" && line ~ /\{ *$/ || kind == "def" && line ~ /\) *=/) {
    open_signature = 0
    parameters()
  }
}

function parameters(  text, depth, i, c, one, end) {
  text = signature
  sub(/^[^(]*\(/, "", text)
  print ""
  print "| parameter | is |"
  print "| --- | --- |"
  depth = 1
  one = ""
  for (i = 1; depth > 0; i++) {
    c = substr(text, i, 1)
    if (c == "(") depth++
    if (c == ")") depth--
    if (depth == 0 || depth == 1 && c == ",") {
      parameter(one)
      one = ""
    } else {
      one = one c
    }
  }
  if (kind != "pattern") return
  print ""
  print "```text"
  body = 1
}

function parameter(text,  name) {
  sub(/^ +/, "", text)
  name = text
  sub(/:.*/, "", name)
  sub(/^[^:]*: */, "", text)
  print "| `" name "` | " kind_of(text) " |"
}

function close_body() {
  if (body) print "```"
  body = 0
}

# ---- types in words ----

function kind_of(type,  may_miss, range, like) {
  may_miss = sub(/\?$/, "", type) ? ", may be missing" : ""
  if (type ~ /^event like /) {
    like = substr(type, 12)
    return "a kind of event with the fields of " like
  }
  if (type ~ /^int in /) {
    range = substr(type, 8)
    sub(/\.\./, " to ", range)
    return "a whole number from " range may_miss
  }
  if (type ~ /^one of /) {
    gsub(/[()]/, "", type)
    return type may_miss
  }
  return words[type] may_miss
}

BEGIN {
  words["event"] = "a kind of event"
  words["calendar"] = "a calendar"
  words["mot"] = "a MOT"
  words["duration"] = "a length of time"
  words["time"] = "a time"
  words["int"] = "a whole number"
  words["bool"] = "true or false"
  words["text"] = "text"
  words["id"] = "an id"
}
END { close_body() }
