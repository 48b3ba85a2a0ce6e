#!/bin/bash
# What mot run reads: JSON and CSV, plain and compressed, whole and cut off, sound and strange.
. "$(dirname "$0")/common.bash"

cat >events.ndjson <<'END'
{"type":"Asked","time":"2026-03-02T09:00:00Z","customer":"c1"}
{"type":"Answered","time":"2026-03-02T10:00:00Z","customer":"c1","wait":30}
{"type":"Asked","time":"2026-03-04T09:00:00Z","customer":"c3"}
END
"$MOT" run good.mot events.ndjson -s none >records

# gives NAME FILE…: these files give the records of events.ndjson.
gives() {
  local name=$1
  shift
  run "$MOT" run good.mot "$@"
  is "$name" all code_is 0 : cmp -s .out records
}

# ---- CSV ----
cat >events.csv <<'END'
type,time,customer,wait
Asked,2026-03-02T09:00:00Z,c1,
Answered,2026-03-02T10:00:00Z,c1,30
Asked,2026-03-04T09:00:00Z,"c3",
END
gives "CSV is told by its first byte" events.csv
gives "files of both kinds are one stream" <(head -n 2 events.csv) <(tail -n +2 events.ndjson)
sed 's/$/\r/' events.csv >crlf.csv
gives "CSV with carriage returns" crlf.csv
printf '\xef\xbb\xbf' | cat - events.csv >bom.csv
gives "CSV with a byte order mark" bom.csv
sed -E 's/2026-03-0(.)T(..:..):00Z/0\1.03.2026 \2/' events.csv >local.csv
{ echo 'stream { time from "time" as "%d.%m.%Y %H:%M" }' && cat good.mot; } >local.mot
run "$MOT" run local.mot local.csv
is "CSV with times as a log has them" all code_is 0 : cmp -s .out records
sed 's/,time/,when/' events.csv >column.csv
run "$MOT" run good.mot column.csv
is "a column that is wrong" all code_is 2 : complains "column.csv" : complains "time" : complains "input could not be read to its end"
run "$MOT" run good.mot column.csv events.ndjson
is "others count" all code_is 2 : cmp -s .out records
sed '2s/,$/,1,2,3/' events.csv >more.csv
run "$MOT" run good.mot more.csv -d dead
is "a row with too many fields" all code_is 0 : complains "1 rejected" : grep -q '"line":2,.*"reason":"csv"' dead
run "$MOT" run good.mot events.csv --input ndjson
is "--input says what it is, whatever it looks like" all code_is 0 : complains "4 rejected"

# ---- JSON ----
sed 's/$/\r/' events.ndjson >crlf.ndjson
gives "lines that end with carriage returns" crlf.ndjson
printf '\xef\xbb\xbf' | cat - events.ndjson >bom.ndjson
gives "a byte order mark" bom.ndjson
sed 's/^/\n  /' events.ndjson >blank.ndjson
gives "blank lines" blank.ndjson
head -c -1 events.ndjson >unended.ndjson
gives "a last line without an end" unended.ndjson
printf '[{"type":"Asked"}]' >array.json
run "$MOT" run good.mot array.json
is "an array of JSON gets a remedy" all code_is 2 : complains "one array of JSON" : complains "jq -c '.[]' array.json"
for code in UTF-16 UTF-16LE; do
  iconv -t "$code" events.ndjson >wide.ndjson
  run "$MOT" run good.mot wide.ndjson
  is "events in $code get a remedy" all code_is 2 : complains "wide.ndjson: this is text in UTF-16" : complains "iconv -f UTF-16"
done
sed '2s/c1/c\x001/' events.ndjson >nul.ndjson
run "$MOT" run good.mot nul.ndjson -d dead
is "a NUL byte in a line" all code_is 0 : complains "1 rejected" : grep -q '"line":2,"offset":63,"reason":"json"' dead
sed '2s/c1/c\xff1/' events.ndjson >utf8.ndjson
run "$MOT" run good.mot utf8.ndjson
is "a byte that is no UTF-8" all code_is 0 : complains "1 rejected"
sed '2s/"customer":"c1"/"customer":"c1","customer":"c1"/' events.ndjson >twice.ndjson
run "$MOT" run good.mot twice.ndjson -d dead
is "a field that stands twice" all code_is 0 : complains "1 rejected" : grep -q '"reason":"duplicate","field":"customer"' dead
{ head -n 1 events.ndjson; printf '{"type":"Asked","x":"'; head -c 3000000 /dev/zero | tr '\0' x; printf '"}\n'; tail -n +2 events.ndjson; } >long.ndjson
run "$MOT" run good.mot long.ndjson --max-line 1M -d dead
is "a line that is too long is passed over" all code_is 0 : complains "1 rejected" : grep -q '"line":2,"offset":63,"reason":"long"' dead
is "with what follows it" cmp -s .out records
head -c 20000000 /dev/zero | tr '\0' '{' >endless.ndjson
run "$MOT" run good.mot endless.ndjson
is "twenty megabytes without a line end" all code_is 0 : complains "1 rejected"
cat >ends.ndjson <<'END'
{"type":"Asked","time":"0001-01-01T00:00:00Z","customer":"c1"}
{"type":"Answered","time":"0001-01-01T00:00:01Z","customer":"c1","wait":30}
{"type":"Asked","time":"9999-12-31T23:59:59.999999Z","customer":"c2"}
{"type":"Answered","time":"9999-12-31T23:59:59.999999Z","customer":"c2","wait":30}
END
run "$MOT" run good.mot ends.ndjson
is "the first and the last instant of all" all code_is 0 : says '"opened":"0001-01-01T00:00:00.000Z"' : \
  says '"decided":"9999-12-31T23:59:59.999999Z"' : complains "0 rejected"

# ---- compressed ----
gzip -k events.ndjson
gives "gzip" events.ndjson.gz
cp events.ndjson.gz named.anyhow
gives "whatever its name" named.anyhow
{ head -n 1 events.ndjson | gzip; tail -n +2 events.ndjson | gzip; } >members.gz
gives "gzip of several members" members.gz
{ cat events.ndjson.gz; head -c 512 /dev/zero; } >padded.gz
gives "gzip filled up with zeroes" padded.gz
"$MOT" run good.mot <events.ndjson.gz >.out 2>.err
is "gzip on standard input" cmp -s .out records
# frames of zstd with stored blocks, as its format has them
python3 - <<'END'
import struct
def frame(text):
    blocks = b""
    for at in range(0, len(text), 50):
        piece = text[at:at + 50]
        blocks += struct.pack("<I", len(piece) << 3 | (at + 50 >= len(text)))[:3] + piece
    return b"\x28\xb5\x2f\xfd" + bytes([0xa0]) + struct.pack("<I", len(text)) + blocks
text = open("events.ndjson", "rb").read()
half = text.index(b"\n") + 1
open("events.zst", "wb").write(frame(text))
open("frames.zst", "wb").write(b"\x50\x2a\x4d\x18\x03\0\0\0abc" + frame(text[:half]) + frame(text[half:]))
open("cut.zst", "wb").write(frame(text)[:-70])
open("bad.zst", "wb").write(frame(text)[:60] + b"\xff\xff\xff" + frame(text)[63:])
END
gives "zstd" events.zst
gives "zstd of several frames, one to be skipped" frames.zst
if command -v zstd >/dev/null; then
  zstd -q events.ndjson -o real.zst
  gives "zstd by its own program" real.zst
fi
run "$MOT" run good.mot cut.zst
is "zstd that was cut off" all code_is 2 : complains "cut.zst: the compressed data end too early" : complains "incomplete"
run "$MOT" run good.mot bad.zst
is "zstd that is damaged" all code_is 2 : complains "bad.zst:"
gzip -c events.csv >events.csv.gz
run "$MOT" run good.mot events.csv.gz
is "CSV by gzip" cmp -s .out records
seq 1 3000 | sed 's/.*/{"type":"Asked","time":"2026-03-02T09:00:00Z","customer":"c&"}/' >many.ndjson
gzip -1 -c many.ndjson >many.gz
head -c -300 many.gz >cut.gz
run "$MOT" run good.mot cut.gz
is "gzip that was cut off" all code_is 2 : complains "cut.gz: the compressed data end too early" : \
  complains "bytes of the file, which gave" : complains "input could not be read to its end"
is "what came before counts, but for the line that was cut" all complains " journeys started" : complains " 0 rejected"
{ head -c 5000 many.gz; printf 'XXXXXXXXXXXX'; tail -c +5013 many.gz; } >bad.gz
run "$MOT" run good.mot bad.gz
is "gzip that is damaged" all code_is 2 : complains "bad.gz:"
{ cat events.ndjson.gz; echo more; } >behind.gz
run "$MOT" run good.mot behind.gz
is "something else behind gzip" all code_is 2 : complains "behind the end of the compressed data" : cmp -s .out records
head -c 4 events.ndjson.gz >stub.gz
run "$MOT" run good.mot stub.gz
is "four bytes of gzip" all code_is 2 : complains "cut off"
printf 'BZh91AY&SY' >events.bz2
run "$MOT" run good.mot events.bz2
is "another compression gets a remedy" all code_is 2 : complains "bzip2 data are not unpacked here" : complains "bzip2 -dc events.bz2 | mot run"

# ---- read ahead by a thread of its own: with --threads, from files ----
threads_agree() { # NAME FILE…: what one thread and three say of it is the same
  local name=$1 one codes
  shift
  run "$MOT" run good.mot "$@" -s none -d dead
  one=$err codes=$code
  cp .out one && cp dead dead.one
  run "$MOT" run good.mot "$@" -s none -d dead --threads 3
  is "$name, ahead" all [ "$code" -eq "$codes" ] : [ "$err" = "$one" ] : cmp -s .out one : cmp -s dead dead.one
}
awk 'BEGIN { for (i = 0; i < 120000; i++) printf "{\"type\":\"%s\",\"time\":\"2026-03-0%dT09:00:00Z\",\"customer\":\"c%d\"%s}\n",
  i % 3 ? "Asked" : "Answered", 2 + i / 20000, i * 7919 % 5000, i % 1000 ? "" : ",,"; printf "{\"type\"" }' >blocks.ndjson
gzip -1 -c blocks.ndjson >blocks.gz
head -c -3000 blocks.gz >blocks-cut.gz
threads_agree "several blocks" blocks.ndjson
threads_agree "several blocks of gzip" blocks.gz
threads_agree "gzip that was cut off" blocks-cut.gz
threads_agree "several files" events.csv blocks.gz events.ndjson
threads_agree "a file without a byte, and one with little" /dev/null events.zst
threads_agree "lines that are too long" long.ndjson endless.ndjson --max-line 1M
{ head -n 1 events.ndjson; sleep 0.3; tail -n +2 events.ndjson; } | "$MOT" run good.mot --threads 2 -s none >.out 2>.err
is "from a pipe, which is not read ahead" cmp -s .out records

# ---- files that are none ----
run "$MOT" run good.mot events.ndjson missing.ndjson
is "a missing file is said before anything is run" all code_is 2 : complains "missing.ndjson: No such file" : [ -z "$out" ]
mkdir -p folder
run "$MOT" run good.mot folder
is "a folder gets a remedy" all code_is 2 : complains "folder: this is a directory" : complains "'folder/*.ndjson'"
run "$MOT" run good.mot 'none-*.ndjson'
is "a pattern without files" all code_is 2 : complains "no file has a name like this"
if [ "$(id -u)" -ne 0 ]; then
  cp events.ndjson closed.ndjson && chmod 0 closed.ndjson
  run "$MOT" run good.mot closed.ndjson
  is "a file that may not be read" all code_is 2 : complains "closed.ndjson: Permission denied"
fi
run "$MOT" run good.mot - - 
is "standard input is read once" all code_is 2 : complains "once only"
run "$MOT" run - 
is "rules and events both from standard input" all code_is 2 : complains "the rules come from standard input"

# ---- names ----
odd=$'caf\xe9 \xc3\xa9 \xe2\x82.ndjson'
if echo '{broken' >"$odd" 2>/dev/null; then
  run "$MOT" run good.mot "$odd" -d dead
  is "a file whose name is no UTF-8 makes dead letters that are JSON" all code_is 0 : \
    grep -qF $'"source":"caf\xef\xbf\xbd \xc3\xa9 \xef\xbf\xbd\xef\xbf\xbd.ndjson"' dead : python3 -c 'import json; json.loads(open("dead", encoding="utf-8").read())'
fi
