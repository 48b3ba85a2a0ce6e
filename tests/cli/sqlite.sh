#!/bin/bash
# mot run --sqlite: records as rows, the same run again, more events later, and what goes wrong.
. "$(dirname "$0")/common.bash"
cd "$work" || exit 1
rules=$root/examples/broadband/broadband.mot
events=$root/examples/broadband/events.ndjson

# ask DATABASE QUERY: rows, columns apart by |
ask() {
  python3 -c '
import sqlite3, sys
for row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2]):
    print("|".join("" if x is None else str(x) for x in row))' "$@"
}
# all rows of all tables, without what tells runs apart
whole() {
  python3 -c '
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
for (table,) in db.execute("select name from sqlite_schema where type = \"table\" order by name").fetchall():
    if table in ("runs", "events", "unmapped", "rules"): continue
    columns = [c[1] for c in db.execute(f"pragma table_info({table})") if c[1] != "run"]
    quoted = ", ".join(f"\"{c}\"" for c in columns)
    for row in sorted(db.execute(f"select {quoted} from {table}").fetchall(), key=repr): print(table, row)' "$1"
}
counted() { # KIND of records.ndjson
  grep -c "^{\"kind\":\"$1\"" records.ndjson
}

run "$MOT" run "$rules" "$events" --sqlite a.db
is "records go into a database, and nowhere else" all code_is 0 : [ -z "$out" ] : complains "records"
run "$MOT" run "$rules" "$events" --sqlite b.db -o records.ndjson
is "with -o as lines, too" all code_is 0 : [ -s records.ndjson ]
run "$MOT" run "$rules" "$events" --records moment,sco,journey,open,target,alert,correction,measure,goal,sentiment
is "which are those of a run without a database" cmp -s records.ndjson .out

same() { # TABLE KIND…: as many rows as records
  local sum=0 kind table=$1
  shift
  for kind; do sum=$((sum + $(counted "$kind"))); done
  [ "$(ask a.db "select count(*) from $table")" -eq "$sum" ]
}
is "a row for each moment" [ "$(ask a.db "select count(*) from moments where outcome <> 'open'")" -eq "$(counted moment)" ]
is "for each outcome" [ "$(ask a.db "select count(*) from scos where outcome <> 'open'")" -eq "$(counted sco)" ]
is "for each that is open" [ "$(ask a.db "select (select count(*) from scos where outcome = 'open') + (select count(*) from open_moments)")" -eq "$(counted open)" ]
is "for each journey" same journeys journey
is "for each thing that happened to an alert" same alert_history alert
is "for each window of a metric" same measures measure
is "for each change of a target" same target_changes target
is "for each change of a goal" same goal_changes goal
is "for each sentiment" same sentiments sentiment
is "for each correction" [ "$(ask a.db 'select count(*) from corrections')" -eq "$(grep -c '"kind":"correction","state":"opened"' records.ndjson)" ]
is "outcomes are those of the lines" [ "$(ask a.db "select count(*) from moments where outcome = 'missed'")" -eq "$(grep -c '"kind":"moment","outcome":"missed"' records.ndjson)" ]

whole a.db >once
run "$MOT" run "$rules" "$events" --sqlite a.db --threads 2
whole a.db >twice
is "the same run again doubles nothing" all code_is 0 : cmp -s once twice : [ "$(ask a.db 'select count(*) from runs')" = 2 ]
is "both runs got through, by the same rules" [ "$(ask a.db 'select sum(complete), count(distinct rules) from runs')" = "2|1" ]

head -n 1800 "$events" >some.ndjson
run "$MOT" run "$rules" some.ndjson --sqlite c.db --summary none
is "a run over a part has more that is open" [ "$(ask c.db "select count(*) from scos where outcome = 'open'")" -gt "$(ask a.db "select count(*) from scos where outcome = 'open'")" ]
run "$MOT" run "$rules" "$events" --sqlite c.db --summary none
whole c.db | grep -v "^target_standing\|^goal_standing" >later
grep -v "^target_standing\|^goal_standing" once >first
is "a later run over more brings it up to date" cmp -s first later

tail -n +1801 "$events" >rest.ndjson
run "$MOT" run "$rules" some.ndjson --sqlite d.db --save-state state --summary none
run "$MOT" run "$rules" rest.ndjson --load-state state --sqlite d.db --summary none
whole d.db >parts
is "two parts of a run make the same rows" cmp -s once parts
run "$MOT" run "$rules" rest.ndjson --load-state state --sqlite d.db --summary none
is "the second of them again doubles nothing" [ "$(ask d.db "select count(*) from moments where outcome <> 'open'")" -eq "$(counted moment)" ]

cat "$events" | "$MOT" run "$rules" --sqlite e.db --summary none >.out 2>.err
is "events may come live from standard input" cmp -s once <(whole e.db)

run "$MOT" run "$rules" "$events" --sqlite a.db --key c001
whole a.db >after_key
is "a look at one customer changes nothing of the others, of targets and goals" all code_is 0 : cmp -s once after_key : \
  [ "$(grep -c "not judged" <<<"$err")" = 0 ]

# ---- the questions of the document ----
awk '/^```sql/ { on = 1; n++; next } /^```/ { on = 0 } on { print >("question" n) }' "$root/docs/sqlite.md"
for question in question*; do
  run python3 -c '
import sqlite3, sys
db = sqlite3.connect("a.db")
text = open(sys.argv[1]).read()
rows = [db.execute(q).fetchall() for q in text.split(";") if q.strip()]' "$question"
  is "$question of docs/sqlite.md can be asked" all code_is 0 : [ -z "$err" ]
done
is "there are ten" [ "$(ls question* | wc -l)" -eq 10 ]
for view in $(ask a.db "select name from sqlite_schema where type = 'view'"); do
  run ask a.db "select * from $view"
  is "view $view works, and stands in the document" all code_is 0 : grep -q "\`$view\`" "$root/docs/sqlite.md"
done
for table in $(ask a.db "select name from sqlite_schema where type = 'table'"); do
  missing=$(for column in $(ask a.db "select name from pragma_table_info('$table')"); do
    grep "^| \`$table\`" "$root/docs/sqlite.md" | grep -q "\`$column\`" || echo "$column"; done)
  is "table $table stands in the document with its columns" [ -z "$missing" ]
done

# ---- what goes wrong ----
echo "this is a text, and no database at all" >text.db
cp text.db text.before
run "$MOT" run "$rules" "$events" --sqlite text.db
is "a file that is no database stays as it is" all code_is 2 : complains "no SQLite database" : cmp -s text.db text.before
ask other.db "create table t (a)"
run "$MOT" run "$rules" "$events" --sqlite other.db
is "so does a database of something else" all code_is 2 : complains "something else" : [ "$(ask other.db 'select count(*) from sqlite_schema')" = 1 ]
cp a.db newer.db
ask newer.db "pragma user_version = 99"
run "$MOT" run "$rules" "$events" --sqlite newer.db
is "and one of another version" all code_is 2 : complains "version 99" : [ "$(ask newer.db 'select count(*) from runs')" = 3 ]
run "$MOT" run "$rules" "$events" --sqlite nowhere/a.db
is "a folder that is not there" all code_is 2 : complains "cannot be opened or made"
run "$MOT" run "$rules" "$events" --sqlite -
is "a name that is none" all code_is 2 : complains "the name of a file"
run "$MOT" run "$rules" "$events" --sqlite "$events"
is "a file that is read" all code_is 2 : complains "events are read from this file"
run "$MOT" run "$rules" "$events" --sqlite f.db -o f.db
is "one file for two outputs" all code_is 2 : complains "cannot both go"
cp a.db full.db
run bash -c "trap '' XFSZ; ulimit -f 8; exec '$MOT' run '$rules' '$events' --sqlite full.db --summary none"
is "no room: said, and what was there is whole" all code_is 2 : complains "full.db:" : cmp -s once <(whole full.db)
python3 -c '
import sqlite3, subprocess, sys
db = sqlite3.connect("a.db", isolation_level=None)
db.execute("begin immediate")
print(subprocess.run(sys.argv[1:]).returncode)' timeout 2 "$MOT" run "$rules" "$events" --sqlite a.db --summary none >.out 2>.err
is "it waits while another program writes" grep -q 124 .out
run "$MOT" run "$rules" "$events" --sqlite g.db --records sco --summary none
is "--records chooses fewer" [ "$(ask g.db "select (select count(*) from moments) || ' ' || (select count(*) from scos where outcome <> 'open')")" = "0 $(counted sco)" ]
