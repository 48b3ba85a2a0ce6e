#include "tests/support/running.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

const char running_example[] =
  "stream { type from \"type\" time from \"time\" id from \"id\" dedupe 60 s lateness 10 s }\n"
  "event A { customer: id  n: int?  } event B { customer: id  ok: bool }\n"
  "event C { customer: id  kind: one of red, blue }\n"
  "owner ana \"Ana\" { role experience_manager } owner ben \"Ben\" { role mot_manager reports to ana }\n"
  "team desk \"Desk\" { lead ben role producer }\n"
  "experience Try \"Trying\" {\n"
  "  for customer manager ana starts on A ends on C where kind == blue expires after 10 min\n"
  "  sco \"It works\" B where ok within 2 min\n"
  "  mot Soon \"Soon\" { manager ben producers desk by opening.n when A smoto B within 20 s\n"
  "    target 50% over 10 min min 2 cases  target p95(took) <= 15 s over 5 min min 1 cases\n"
  "    on at risk 5 s before deadline { alert desk \"{customer} waits\" for 2 s }\n"
  "    on missed { correct \"call\" by desk within 30 s until B where ok  alert ben escalate after 20 s repeat every 1 min }\n"
  "    on breached { alert desk escalate after 2 min hold 1 min }  on met { alert ben } }\n"
  "  mot Good \"Good\" { manager ben producers desk weight 2 when B smoto ok target 90% over 1 d }\n"
  "  mot Few \"Few\" { manager ben producers desk target 90% over 1 d\n"
  "    when A smoto at most 2 C within 1 min }\n"
  "}\n"
  "metric Kinds = count(C) by kind over 5 min groups 1\n"
  "metric Means = avg(A.n) + sum(A.n) + p50(A.n) + distinct(A.customer) per 10 min\n"
  "nsat North \"North\" for Try {\n"
  "  goal All { owner ana measure disruption target <= 20% over 5 min min 3 cases\n"
  "    goal One each n { measure Soon target 60% over 10 min min 1 cases }\n"
  "    goal Two { owner ben measure sco target 60% over 10 min min 1 cases }\n"
  "  }\n"
  "}\n";

static char *joined(char *out, const char *more, size_t size)
{
  size_t len = out ? strlen(out) : 0;
  out = realloc(out, len + size + 1);
  assert_non_null(out);
  memcpy(out + len, more, size);
  out[len + size] = 0;
  return out;
}

static char *joined_text(char *out, const char *text)
{
  return joined(out, text, strlen(text));
}

mot_rules *running_rules(const char *text)
{
  mot_compilation *c = NULL;
  mot_rules *rules = NULL;
  mot_error error = {""};
  size_t size;
  mot_status status = mot_compile_text("test.mot", text, strlen(text), NULL, &c, &error);
  mot_finding finding;
  if (status == MOT_REJECTED && mot_finding_get(c, 0, &finding)) print_error("%s\n", finding.message);
  assert_int_equal(status, MOT_OK);
  const void *module = mot_module(c, &size);
  assert_int_equal(mot_rules_load(module, size, NULL, &rules, &error), MOT_OK);
  mot_compilation_free(c);
  return rules;
}

char *running_take(mot_run *run, char *out, bool one_by_one)
{
  const char *lines;
  size_t size;
  mot_record record;
  while (!one_by_one) {
    assert_int_equal(mot_run_take_json(run, &lines, &size), MOT_OK);
    if (size == 0) break;
    out = joined(out, lines, size);
  }
  while (one_by_one && mot_run_next(run, &record)) {
    lines = mot_record_json(run, &record, &size);
    assert_non_null(lines);
    out = joined(out, lines, size);
  }
  return out;
}

char *running_take_rejected(mot_run *run, char *out)
{
  char line[256];
  mot_rejected r;
  while (mot_run_next_rejected(run, &r)) {
    snprintf(line, sizeof line, "%s %s line %llu offset %llu %s %s\n", r.late ? "late" : "rejected", r.source,
             (unsigned long long)r.line, (unsigned long long)r.offset, r.reason, r.field ? r.field : "-");
    out = joined_text(out, line);
  }
  return out;
}

/* Events by kind, and by type those that no rule uses. */
static char *take_kinds(mot_run *run, char *out)
{
  char line[512];
  mot_event_stats s;
  const char *type;
  size_t size;
  uint64_t events;
  for (uint32_t i = 0; mot_run_event_stats(run, i, &s); i++) {
    snprintf(line, sizeof line, "kind %u %llu touched %llu\n", i, (unsigned long long)s.events,
             (unsigned long long)s.touched);
    out = joined_text(out, line);
  }
  for (size_t i = 0; mot_run_unmapped(run, i, &type, &size, &events); i++) {
    snprintf(line, sizeof line, "type %.*s %llu\n", (int)size, type, (unsigned long long)events);
    out = joined_text(out, line);
  }
  return out;
}

char *running_take_stats(mot_run *run, char *out)
{
  char line[512];
  mot_run_stats s;
  mot_experience_stats e;
  mot_run_get_stats(run, &s);
  assert_true(mot_run_experience_stats(run, 0, &e));
  snprintf(line, sizeof line, "bytes %llu events %llu rejected %llu late %llu duplicate %llu unmapped %llu "
           "unreached %llu faults %llu records %llu clock %lld started %llu over %llu live %llu produced %llu missed %llu\n",
           (unsigned long long)s.bytes, (unsigned long long)s.events, (unsigned long long)s.rejected,
           (unsigned long long)s.late, (unsigned long long)s.duplicate, (unsigned long long)s.unmapped,
           (unsigned long long)s.unreached, (unsigned long long)s.faults, (unsigned long long)s.records,
           (long long)s.clock, (unsigned long long)e.started, (unsigned long long)e.over,
           (unsigned long long)e.live, (unsigned long long)e.produced, (unsigned long long)e.missed);
  return take_kinds(run, joined_text(out, line));
}

/* ---- saved and loaded on the way ---- */

typedef struct Kept {
  char *bytes;
  size_t size;
} Kept;

static bool keep(void *user, const void *bytes, size_t size)
{
  Kept *kept = user;
  kept->bytes = realloc(kept->bytes, kept->size + size + 1);
  memcpy(kept->bytes + kept->size, bytes, size);
  kept->size += size;
  return true;
}

mot_status running_reload(const mot_rules *rules, const mot_run_options *options, mot_run **run)
{
  Kept kept = {0};
  mot_run *loaded = NULL;
  mot_error error = {""};
  mot_status status = mot_run_save(*run, keep, &kept);
  if (status == MOT_OK) status = mot_run_load(rules, options, kept.bytes, kept.size, &loaded, &error);
  if (status != MOT_OK && status != MOT_NO_MEMORY) print_error("%s\n", error.text);
  free(kept.bytes);
  if (status != MOT_OK) return status;
  mot_run_free(*run);
  *run = loaded;
  return MOT_OK;
}

static void reload(const mot_rules *rules, const Feeding *feeding, mot_run **run)
{
  mot_run_options options = feeding->options;
  options.threads = feeding->threads_after;
  assert_int_equal(running_reload(rules, &options, run), MOT_OK);
}

static size_t next_piece(const Feeding *feeding, size_t at, size_t size)
{
  size_t piece = size - at;
  if (feeding->piece && feeding->piece < piece) piece = feeding->piece;
  if (at < feeding->cut && feeding->cut - at < piece) piece = feeding->cut - at;
  if (at < feeding->save_at && feeding->save_at - at < piece) piece = feeding->save_at - at;
  return piece;
}

char *running_all(const mot_rules *rules, const char *stream, size_t size, const Feeding *feeding)
{
  mot_run *run = NULL;
  mot_error error;
  char *out = NULL, *rejected = joined_text(NULL, "");
  assert_int_equal(mot_run_open(rules, &feeding->options, &run, &error), MOT_OK);
  assert_int_equal(mot_run_source(run, "stream", feeding->format), MOT_OK);
  for (size_t at = 0, piece; at < size; at += piece) {
    piece = next_piece(feeding, at, size);
    char *copy = malloc(piece); /* so that reading beyond it shows */
    memcpy(copy, stream + at, piece);
    assert_int_equal(mot_run_feed(run, copy, piece), MOT_OK);
    free(copy);
    if (feeding->flush) assert_int_equal(mot_run_flush(run), MOT_OK);
    out = running_take(run, out, feeding->one_by_one);
    rejected = running_take_rejected(run, rejected);
    if (feeding->save_at && at + piece == feeding->save_at) reload(rules, feeding, &run);
  }
  assert_int_equal(mot_run_end(run, MOT_NO_TIME), MOT_OK);
  out = running_take(run, out, feeding->one_by_one);
  rejected = running_take_rejected(run, rejected);
  out = running_take_stats(run, joined_text(out, rejected));
  free(rejected);
  mot_run_free(run);
  return out;
}

void running_same(const char *expected, const char *found, const char *what)
{
  size_t same = 0;
  if (strcmp(expected, found) == 0) return;
  for (size_t i = 0; expected[i] && expected[i] == found[i]; i++)
    if (expected[i] == '\n') same = i + 1;
  fail_msg("%s: expected\n%.*s\nfound\n%.*s", what, (int)strcspn(expected + same, "\n"), expected + same,
           (int)strcspn(found + same, "\n"), found + same);
}

/* ---- streams ---- */

unsigned below(unsigned *seed, unsigned n)
{
  *seed = *seed * 1664525 + 1013904223;
  return (*seed >> 8) % n;
}

static int stream_line(char *to, size_t room, unsigned *state, unsigned i)
{
  static const char *const odd[] = {"\r\n", "  \n", "{\"type\":\"A\"\n", "[1]\n",
    "{\"type\":\"Z\",\"time\":\"%s\"}\n", "{\"type\":\"A\",\"time\":\"%s\"}\n", "{\"type\":\"B\",\"time\":\"%s\",\"customer\":\"c\",\"ok\":3}\n",
    "{\"type\":\"C\",\"time\":\"%s\",\"customer\":\"c\",\"kind\":\"green\"}\r\n", "not json\n"};
  unsigned second = 60 + i / 2 - below(state, below(state, 9) == 0 ? 30 : 8), kind = below(state, 24);
  char time[40];
  snprintf(time, sizeof time, "2026-03-02T%02u:%02u:%02u.%03uZ", 9 + second / 3600, second / 60 % 60,
           second % 60, below(state, 4) * 250);
  if (kind < sizeof odd / sizeof *odd) {
    const char *fill = strstr(odd[kind], "%s");
    if (!fill) return snprintf(to, room, "%s", odd[kind]);
    return snprintf(to, room, "%.*s%s%s", (int)(fill - odd[kind]), odd[kind], time, fill + 2);
  }
  static const char *const values[] = {"\"n\":7", "\"ok\":true", "\"kind\":\"red\"", "\"n\":null", "\"ok\":false",
                                       "\"kind\":\"blue\""};
  unsigned which = below(state, 6), customer = below(state, 12), id = i - below(state, 8) / 7;
  const char *line_end = below(state, 5) ? "\n" : "\r\n";
  return snprintf(to, room, "{\"type\":\"%c\",\"time\":\"%s\",\"customer\":\"c%u\",\"id\":\"%u\",%s}%s",
                  "ABC"[which % 3], time, customer, id, values[which], line_end);
}

char *running_stream(unsigned seed, unsigned events, size_t *ret_size)
{
  char *text = malloc((size_t)events * 200 + 1);
  size_t size = 0;
  for (unsigned i = 0; i < events; i++) size += (size_t)stream_line(text + size, 200, &seed, i);
  if (size > 0 && text[size - 1] == '\n') size--; /* the last line has no end */
  *ret_size = size;
  return text;
}
