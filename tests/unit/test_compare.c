/*
 * test_compare.c - two versions of rules: for each edit of a text the changes that it makes, and none that it does not.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "bytecode/module.h"
#include "mot/tools.h"
#include "tests/support/arena_fixture.h"
#include "tests/support/failing_alloc.h"
#include "tests/support/parsing.h"

static const char base[] =
  "## A shop.\n"
  "module shop\n"
  "use std.contact\n"
  "stream { id from \"id\" dedupe 1 d  zone \"Europe/Amsterdam\"  lateness 60 s }\n"
  "calendar Desk { zone \"Europe/Amsterdam\"  open mon..fri 09:00..17:00  closed 2026-12-25 }\n"
  "def late(t: time, promised: time) = t > promised + 1 h\n"
  "def tardy(t: time, promised: time) = late(t, promised)\n"
  "event Ordered from \"order\" {\n"
  "  customer: id  order: id  plan: one of basic, plus  price: money(EUR)  promised: time\n"
  "}\n"
  "event Called { customer: id  order: id  wait: duration(s)  resolved: bool  agent: id?  score: int in 0..5 }\n"
  "event Long is Called where wait > 5 min\n"
  "event Arrived { customer: id  order: id  agent: id }\n"
  "event Ended { customer: id  order: id }\n"
  "event Waiting { customer: id  order: id }\n"
  "event Replied { customer: id  order: id }\n"
  "owner ana \"Ana\" { role experience_manager  contact \"mailto:ana@x.example\" }\n"
  "owner ben \"Ben\" { role mot_manager  reports to ana  contact \"mailto:ben@x.example\" }\n"
  "team desk \"The desk\" { lead ben  role producer }\n"
  "team field \"The field\" { lead ben  role producer }\n"
  "pattern Quick(Call: event like Called, limit: duration) { when Call  smoto wait <= limit and resolved }\n"
  "experience Buying \"Buying\" {\n"
  "  for customer, order\n"
  "  manager ana\n"
  "  starts on Ordered\n"
  "  sco \"I get it\" Ended within 30 d\n"
  "  ends on Ended\n"
  "  expires after 60 d\n"
  "  value start.price\n"
  "  ## They come in time.\n"
  "  mot OnTime \"In time\" {\n"
  "    manager ben\n"
  "    producers desk\n"
  "    when first Ordered where plan == plus\n"
  "    smoto Arrived by end_of_day(start.promised)\n"
  "    pause on Waiting until Replied\n"
  "    impact -45 EUR when missed\n"
  "    target 95% over 7 d min 30 cases\n"
  "    on at risk 30 min before deadline { alert desk severity low }\n"
  "    on missed { alert ben severity high }\n"
  "  }\n"
  "  mot Few \"Few calls\" {\n"
  "    manager ben  producers desk  when Ordered  smoto at most 1 Long within 10 d  target 90% over 7 d\n"
  "  }\n"
  "  mot Fast \"Fast\" like Quick(Called, 60 s) {\n"
  "    manager ben  producers desk by opening.agent  target 80% over 1 d\n"
  "  }\n"
  "  mot Call \"They call back\" {\n"
  "    manager ben  producers desk  when latest Called where not resolved  smoto Replied within 4 h of Desk\n"
  "    target 80% over 1 d\n"
  "  }\n"
  "  mot Prompt \"Prompt\" {\n"
  "    manager ben  producers field  when Arrived as visit\n"
  "    smoto not tardy(visit.at, start.promised) and last(Called).score else 3 > 2  target 80% over 1 d\n"
  "  }\n"
  "}\n"
  "metric Waits = p95(Called.wait) per 1 d\n"
  "nsat Top \"Top\" for Buying {\n"
  "  goal All \"All\" {\n"
  "    owner ana  measure sco  target 90% over 30 d\n"
  "    goal Visits \"Visits\" { owner ben  measure OnTime  target 95% over 7 d  weight 100% }\n"
  "  }\n"
  "}\n"
  "review Monthly { every month  on Buying  chair ana }\n"
  "test \"nothing\" { at 2026-03-02 09:00  Ordered { customer \"c\" order \"o\" plan basic price 1 EUR promised 2026-03-05 } }\n";

/* ---- a comparison as a line ---- */

static mot_compilation *compile(const char *name, const char *text, size_t size)
{
  mot_compilation *compilation = NULL;
  mot_error error = {.text = ""};
  assert_int_not_equal(mot_compile_text(name, text, size, NULL, &compilation, &error), MOT_IO);
  return compilation;
}

static const char *word_of(mot_change_kind kind)
{
  static const char *const words[] = {"text", "bound", "condition", "key", "new", "gone"};
  return words[kind];
}

static mot_comparison *compare_modules(mot_compilation *was, mot_compilation *is)
{
  size_t old_size, new_size;
  const void *old_module = mot_module(was, &old_size), *new_module = mot_module(is, &new_size);
  mot_comparison *comparison = NULL;
  mot_error error = {.text = ""};
  mot_status status = mot_compare(old_module, old_size, new_module, new_size, NULL, &comparison, &error);
  if (status != MOT_OK) print_message("%s\n", error.text);
  assert_int_equal(status, MOT_OK);
  return comparison;
}

/* "bound Buying.OnTime smoto", with bars between; of the whole of a thing without a clause. */
static const char *changes_line(Arena *arena, const mot_comparison *comparison)
{
  const char *all = "";
  mot_change change;
  for (size_t i = 0; mot_comparison_change(comparison, i, &change); i++) {
    assert_non_null(change.meaning);
    assert_true(change.before || change.after || change.clause[0]);
    all = arena_printf(arena, "%s%s%s %s%s%s", all, i ? "|" : "", word_of(change.kind), change.name,
                       change.clause[0] ? " " : "", change.clause);
  }
  return all;
}

static mot_rules *rules_of(const mot_compilation *compilation)
{
  size_t size;
  mot_rules *rules = NULL;
  const void *module = mot_module(compilation, &size);
  assert_int_equal(mot_rules_load(module, size, NULL, &rules, NULL), MOT_OK);
  return rules;
}

/* Modules whose rows and code are the same have no change but in words. */
static void expect_sound(const mot_compilation *was, const mot_compilation *is, const mot_comparison *comparison)
{
  mot_rules *old_rules = rules_of(was), *new_rules = rules_of(is);
  mot_change change;
  if (mot_rules_same(old_rules, new_rules))
    for (size_t i = 0; mot_comparison_change(comparison, i, &change); i++)
      assert_int_equal(change.kind, MOT_CHANGE_TEXT);
  mot_rules_free(old_rules);
  mot_rules_free(new_rules);
}

static const char *changes_between(Arena *arena, const char *was, const char *is)
{
  mot_compilation *a = compile("a.mot", was, strlen(was)), *b = compile("b.mot", is, strlen(is));
  size_t size;
  if (!mot_module(a, &size) || !mot_module(b, &size)) {
    mot_finding finding;
    for (size_t i = 0; mot_finding_get(b, i, &finding); i++)
      if (finding.severity == MOT_ERROR) print_message("%s %s\n", finding.code, finding.message);
    fail_msg("the text has errors:\n%s", is);
  }
  mot_comparison *comparison = compare_modules(a, b);
  const char *line = changes_line(arena, comparison);
  expect_sound(a, b, comparison);
  mot_comparison_free(comparison);
  mot_compilation_free(a);
  mot_compilation_free(b);
  return line;
}

/* `base` with every `from` made `to`; both ways, but for what is wanted then. */
static char *edited(Arena *arena, const char *text, const char *from, const char *to)
{
  const char *at = strstr(text, from);
  if (!at) fail_msg("there is no \"%s\"", from);
  return arena_printf(arena, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
}

typedef struct Edit {
  const char *from, *to, *wanted;
} Edit;

static void check_edits(Arena *arena, const Edit *edits, size_t count)
{
  for (size_t i = 0; i < count; i++) {
    const char *got = changes_between(arena, base, edited(arena, base, edits[i].from, edits[i].to));
    if (strcmp(got, edits[i].wanted) != 0)
      fail_msg("\"%s\" -> \"%s\":\n  wanted %s\n  got    %s", edits[i].from, edits[i].to, edits[i].wanted, got);
  }
}

#define CHECK_EDITS(arena, edits) check_edits((arena), (edits), sizeof(edits) / sizeof *(edits))

/* ---- what is no change ---- */

static void test_what_only_looks_otherwise_is_no_change(void **state)
{
  static const Edit edits[] = {
    {"module shop\n", "module shop   # the shop\n\n\n", ""},
    {"  lateness 60 s", "  lateness   60 s\n", ""},
    {"zone \"Europe/Amsterdam\"  lateness 60 s", "lateness 60 s  zone \"Europe/Amsterdam\"", ""},
    {"manager ana\n  starts on Ordered\n", "starts on Ordered\n  # who\n  manager ana\n", ""},
    {"at 2026-03-02 09:00", "at 2026-03-02 10:00", ""},
    {"at most 1 Long within 10 d", "at most 1 Long\n within   10d", ""},
    {"1 d  zone", "1d  zone", ""},
    {"module shop\n", "module shop\ndef unused(n: int) = n + 1\n", ""},
    {"when first Ordered where plan == plus", "when first Ordered where plan == plus as o", "text Buying.OnTime when"},
  };
  CHECK_EDITS(*state, edits);
}

static void test_the_order_of_things_is_no_change(void **state)
{
  const char *few = strstr(base, "  mot Few"), *fast = strstr(base, "  mot Fast"), *call = strstr(base, "  mot Call");
  const char *turned = arena_printf(*state, "%.*s%.*s%.*s%s", (int)(few - base), base, (int)(call - fast), fast,
                                    (int)(fast - few), few, call);
  assert_string_equal(changes_between(*state, base, turned), "");
  static const Edit edits[] = {
    {"one of basic, plus", "one of plus, basic", "text Ordered plan"},
    {"    on at risk 30 min before deadline { alert desk severity low }\n    on missed { alert ben severity high }\n",
     "    on missed { alert ben severity high }\n    on at risk 30 min before deadline { alert desk severity low }\n", ""},
    {"target 95% over 7 d min 30 cases\n", "target 95% over 7 d min 30 cases\n    target 80% over 1 d\n",
     "new Buying.OnTime target"},
  };
  CHECK_EDITS(*state, edits);
}

/* ---- words ---- */

static void test_words_people_and_weights_are_text(void **state)
{
  static const Edit edits[] = {
    {"mot OnTime \"In time\"", "mot OnTime \"On time\"", "text Buying.OnTime title"},
    {"## They come in time.", "## They do come in time.", "text Buying.OnTime doc"},
    {"sco \"I get it\"", "sco \"I do get it\"", "text Buying sco"},
    {"manager ana", "manager ben", "text Buying manager"},
    {"    producers desk\n", "    producers field\n", "text Buying.OnTime producers"},
    {"producers desk by opening.agent", "producers desk", "text Buying.Fast producers"},
    {"    pause on", "    critical\n    pause on", "text Buying.OnTime critical"},
    {"    pause on", "    weight 2\n    pause on", "text Buying.OnTime weight"},
    {"    pause on", "    weight 1\n    pause on", ""},
    {"-45 EUR when missed", "-40 EUR when missed", "text Buying.OnTime impact"},
    {"value start.price", "value start.price * 2", "text Buying value"},
    {"alert ben severity high", "alert ben severity critical", "text Buying.OnTime on"},
    {"alert ben severity high", "alert ana severity high", "text Buying.OnTime on"},
    {"alert ben severity high", "alert ben severity high \"{customer} waits\"", "text Buying.OnTime on"},
    {"team desk \"The desk\"", "team desk \"Our desk\"", "text desk title"},
    {"mailto:ben@x", "mailto:benny@x", "text ben contact"},
    {"lead ben", "lead ana", "text desk lead"},
    {"chair ana", "chair ben", "text Monthly chair"},
    {"goal All \"All\"", "goal All \"All of it\"", "text Top.All title"},
    {"owner ben  measure", "owner ana  measure", "text Top.Visits owner"},
    {"Ended within 30 d", "Ended within 720 h", "text Buying sco"},
    {"smoto at most 1 Long within 10 d", "smoto (at most 1 Long within 10 d)", "text Buying.Few smoto"},
    {"event Long is Called where wait > 5 min", "event Long is Called where wait > 300 s", "text Long is"},
  };
  CHECK_EDITS(*state, edits);
}

/* ---- limits ---- */

static void test_other_limits_are_bounds(void **state)
{
  static const Edit edits[] = {
    {"at most 1 Long", "at most 2 Long", "bound Buying.Few smoto"},
    {"Long within 10 d", "Long within 11 d", "bound Buying.Few smoto"},
    {"Ended within 30 d", "Ended within 31 d", "bound Buying sco"},
    {"expires after 60 d", "expires after 61 d", "bound Buying expires"},
    {"within 4 h of Desk", "within 5 h of Desk", "bound Buying.Call smoto"},
    {"95% over 7 d min 30 cases", "96% over 7 d min 30 cases", "bound Buying.OnTime target"},
    {"95% over 7 d min 30 cases", "95% over 8 d min 30 cases", "bound Buying.OnTime target"},
    {"95% over 7 d min 30 cases", "95% over 7 d", "bound Buying.OnTime target"},
    {"at risk 30 min", "at risk 20 min", "bound Buying.OnTime on"},
    {"Quick(Called, 60 s)", "Quick(Called, 45 s)", "bound Buying.Fast smoto"},
    {"lateness 60 s", "lateness 2 min", "bound stream lateness"},
    {"dedupe 1 d", "dedupe 2 d", "bound stream id"},
    {"in 0..5", "in 0..10", "bound Called score"},
    {"Called.wait) per 1 d", "Called.wait) per 2 d", "bound Waits metric"},
    {"p95(Called.wait)", "p90(Called.wait)", "bound Waits metric"},
    {"every month", "every quarter", "bound Monthly every"},
    {"measure sco  target 90%", "measure sco  target 91%", "bound Top.All target"},
    {"last(Called).score else 3 > 2", "last(Called).score else 3 > 1", "bound Buying.Prompt smoto"},
  };
  CHECK_EDITS(*state, edits);
}

/* ---- conditions ---- */

static void test_other_conditions_are_conditions(void **state)
{
  static const Edit edits[] = {
    {"at most 1 Long", "at least 1 Long", "condition Buying.Few smoto"},
    {"smoto at most 1 Long", "smoto no Long", "condition Buying.Few smoto"},
    {"smoto Arrived by end_of_day", "smoto no Arrived by end_of_day", "condition Buying.OnTime smoto|gone Buying.OnTime on"},
    {"by end_of_day(start.promised)", "by start_of_day(start.promised)", "condition Buying.OnTime smoto"},
    {"plan == plus", "plan == basic", "condition Buying.OnTime when"},
    {"when first Ordered", "when Ordered", "condition Buying.OnTime when"},
    {"when latest Called where not resolved", "when latest Called where resolved", "condition Buying.Call when"},
    {"    pause on Waiting until Replied\n", "", "condition Buying.OnTime pause"},
    {"    pause on Waiting", "    pause on Arrived", "condition Buying.OnTime pause"},
    {"  ends on Ended\n", "  ends on Ended or Replied\n", "condition Buying ends"},
    {"  ends on Ended\n", "  ends on Ended\n  void on Waiting\n", "new Buying void"},
    {"target 95% over 7 d min 30 cases", "target p95(took) <= 2 d over 7 d", "condition Buying.OnTime target"},
    {"measure OnTime", "measure Few", "condition Top.Visits measure"},
    {"zone \"Europe/Amsterdam\"  lateness", "zone \"Europe/Paris\"  lateness",
     "condition stream zone|condition Ordered promised|condition Buying.OnTime smoto|condition Buying.OnTime target|"
     "condition Buying.Few target|condition Buying.Fast target|condition Buying.Call target|"
     "condition Buying.Prompt smoto|condition Buying.Prompt target|condition Waits metric|condition Top.All target|"
     "condition Top.Visits target"},
  };
  static const Edit risky = {"    on at risk 30 min before deadline { alert desk severity low }\n", "", ""};
  (void)risky;
  for (size_t i = 0; i < sizeof edits / sizeof *edits; i++) {
    const char *is = edited(*state, base, edits[i].from, edits[i].to);
    if (strstr(edits[i].wanted, "gone Buying.OnTime on")) is = edited(*state, is, risky.from, risky.to);
    const char *got = changes_between(*state, base, is);
    if (strcmp(got, edits[i].wanted) != 0)
      fail_msg("\"%s\" -> \"%s\":\n  wanted %s\n  got    %s", edits[i].from, edits[i].to, edits[i].wanted, got);
  }
}

/* ---- journeys ---- */

static void test_what_a_journey_is_is_its_key(void **state)
{
  static const Edit edits[] = {
    {"for customer, order\n", "for customer\n", "key Buying for"},
    {"starts on Ordered\n", "starts on Ordered where plan == plus\n", "key Buying starts"},
    {"event Replied { customer: id  order: id }", "event Replied { customer: id  order: id? }",
     "condition Replied order|key Buying for"},
    {"event Replied { customer: id  order: id }", "event Replied { customer: id  order: id from \"order_no\" }",
     "condition Replied order|key Buying for"},
    {"event Replied { customer: id  order: id }", "event Replied { customer: id }",
     "gone Replied order|key Buying for"},
  };
  CHECK_EDITS(*state, edits);
}

/* ---- new and gone ---- */

static void test_what_comes_and_goes(void **state)
{
  static const char few[] =
    "  mot Few \"Few calls\" {\n"
    "    manager ben  producers desk  when Ordered  smoto at most 1 Long within 10 d  target 90% over 7 d\n"
    "  }\n";
  static const Edit edits[] = {
    {few, "", "gone Buying.Few"},
    {"mot Few \"Few", "mot Some \"Few", "new Buying.Some|gone Buying.Few"},
    {"event Replied {", "event Other { customer: id }\nevent Replied {", "new Other"},
    {"agent: id?  score", "agent: id?  team: text?  score", "new Called team"},
    {"    on missed { alert ben severity high }\n", "", "gone Buying.OnTime on"},
    {"on missed { alert ben severity high }", "on missed { alert ben severity high  alert ana severity high }",
     "new Buying.OnTime on"},
    {"metric Waits", "metric Calls = count(Called) per 1 d\nmetric Waits", "new Calls"},
    {"review Monthly { every month  on Buying  chair ana }\n", "", "gone Monthly"},
    {"owner ana \"Ana\"", "owner eva \"Eva\" { role mot_manager  contact \"mailto:eva@x.example\" }\nowner ana \"Ana\"",
     "new eva"},
    {"mot OnTime", "mot Promised",
     ""},
  };
  check_edits(*state, edits, sizeof edits / sizeof *edits - 1);
  const char *renamed = edited(*state, edited(*state, base, "mot OnTime", "mot Promised"), "measure OnTime", "measure Promised");
  assert_string_equal(changes_between(*state, base, renamed),
                      "new Buying.Promised|condition Top.Visits measure|gone Buying.OnTime");
}

/* ---- through something else ---- */

static const char *meaning_of(Arena *arena, const char *from, const char *to, const char *wanted_name)
{
  const char *is = edited(arena, base, from, to), *meaning = NULL;
  mot_compilation *a = compile("a.mot", base, strlen(base)), *b = compile("b.mot", is, strlen(is));
  mot_comparison *comparison = compare_modules(a, b);
  mot_change change;
  for (size_t i = 0; mot_comparison_change(comparison, i, &change); i++)
    if (strcmp(change.name, wanted_name) == 0) meaning = arena_printf(arena, "%s", change.meaning);
  mot_comparison_free(comparison);
  mot_compilation_free(a);
  mot_compilation_free(b);
  assert_non_null(meaning);
  return meaning;
}

static void test_what_others_change_shows_where_it_counts(void **state)
{
  static const Edit edits[] = {
    {"promised + 1 h", "promised + 2 h", "bound Buying.Prompt smoto"},
    {"where wait > 5 min", "where wait > 4 min", "bound Long is|bound Buying.Few smoto"},
    {"open mon..fri 09:00..17:00", "open mon..fri 09:00..18:00", "bound Desk open|bound Buying.Call smoto"},
    {"closed 2026-12-25", "closed 2026-12-24", "bound Desk closed|bound Buying.Call smoto"},
    {"smoto wait <= limit and", "smoto wait < limit and", "condition Buying.Fast smoto"},
    {"wait: duration(s)", "wait: duration(ms)",
     "condition Called wait|condition Long is|condition Buying.Few smoto|condition Buying.Fast smoto|condition Waits metric"},
    {"event Ordered from \"order\"", "event Ordered from \"ordered\"",
     "condition Ordered from|key Buying starts|condition Buying.OnTime when|condition Buying.Few when"},
  };
  CHECK_EDITS(*state, edits);
  static const char outcomes[] =
    "event A { customer: id  due: time  place: text }\nevent B { customer: id }\n"
    "experience X \"X\" {\n  for customer  starts on A  expires after 9 d\n"
    "  mot First \"f\" { when A  smoto B within 1 d }\n"
    "  mot Second \"s\" { when missed First  smoto B by opening.due + 1 d }\n}\n"
    "metric Places = count(A) by place per 1 d\n";
  const char *is = edited(*state, outcomes, "due: time", "due: time from \"due_at\"");
  assert_string_equal(changes_between(*state, outcomes, is), "condition A due|condition X.Second smoto");
  is = edited(*state, outcomes, "place: text", "place: text from \"where\"");
  assert_string_equal(changes_between(*state, outcomes, is), "condition A place|condition Places metric");
  const char *through = meaning_of(*state, "promised + 1 h", "promised + 2 h", "Buying.Prompt");
  assert_non_null(strstr(through, "Through def late. "));
  through = meaning_of(*state, "where wait > 5 min", "where wait > 4 min", "Buying.Few");
  assert_non_null(strstr(through, "Through event Long. "));
  through = meaning_of(*state, "closed 2026-12-25", "closed 2026-12-24", "Buying.Call");
  assert_non_null(strstr(through, "Through calendar Desk. "));
  through = meaning_of(*state, "wait: duration(s)", "wait: duration(ms)", "Buying.Few");
  assert_non_null(strstr(through, "Through event Called. "));
  through = meaning_of(*state, "smoto wait <= limit and", "smoto wait < limit and", "Buying.Fast");
  assert_null(strstr(through, "Through ")); /* the pattern's own clause is shown */
}

static void test_a_name_that_changed_is_told(void **state)
{
  const char *renamed = meaning_of(*state, "mot Few \"Few", "mot Some \"Few", "Buying.Some");
  assert_non_null(strstr(renamed, "It looks like Buying.Few renamed. "));
}

/* ---- what is shown ---- */

static void test_clauses_are_shown_as_written_with_their_places(void **state)
{
  const char *is = edited(*state, base, "smoto at most 1 Long within 10 d", "smoto at most 1 Long   # rarely\n  within 11d");
  mot_compilation *a = compile("old.mot", base, strlen(base)), *b = compile("new.mot", is, strlen(is));
  mot_comparison *comparison = compare_modules(a, b);
  mot_compilation_free(a);
  mot_compilation_free(b);
  mot_change change;
  assert_true(mot_comparison_change(comparison, 0, &change));
  assert_false(mot_comparison_change(comparison, 1, &(mot_change){.kind = MOT_CHANGE_TEXT}));
  assert_int_equal(change.of, MOT_CHANGE_OF_MOT);
  assert_string_equal(change.before, "smoto at most 1 Long within 10 d");
  assert_string_equal(change.after, "smoto at most 1 Long within 11 d");
  assert_string_equal(change.old_place.file, "old.mot");
  assert_string_equal(change.new_place.file, "new.mot");
  assert_int_equal(change.new_place.line, change.old_place.line);
  assert_int_equal(change.new_place.end_line, change.old_place.line + 1);
  assert_memory_equal(is + change.new_place.offset, "smoto", 5);
  mot_comparison_free(comparison);
}

/* ---- every rule file there is ---- */

/* Everything before the first declaration, then the declarations from the last to the first. */
static const char *turned_round(Arena *arena, const char *text, size_t len)
{
  Parsed *parsed = parse_bytes(arena, text, len);
  uint32_t begin = 0, last = (uint32_t)len;
  const AstDecl *decls[256];
  uint32_t count = 0;
  for (AST_EACH(AstDecl, decl, parsed->tree->decls))
    if (count < 256) decls[count++] = decl;
  if (parsed->tree->module.words.count) begin = parsed->tree->module.span.end;
  if (count == 0 || count == 256) return text;
  Buf out;
  buf_init(&out, arena);
  buf_put(&out, text, begin);
  buf_put(&out, text + decls[count - 1]->n.span.end, last - decls[count - 1]->n.span.end);
  for (uint32_t i = count; i-- > 0;) {
    uint32_t from = i > 0 ? decls[i - 1]->n.span.end : begin;
    buf_char(&out, '\n');
    buf_put(&out, text + from, decls[i]->n.span.end - from);
  }
  return out.data;
}

static void expect_no_change(Arena *arena, const char *path, mot_compilation *was, const char *text, size_t size,
                             const char *how)
{
  mot_compilation *is = compile(path, text, size);
  size_t bytes;
  if (!mot_module(is, &bytes)) fail_msg("%s, %s, does not compile", path, how);
  mot_comparison *comparison = compare_modules(was, is);
  const char *changes = changes_line(arena, comparison);
  if (*changes) fail_msg("%s, %s: %s", path, how, changes);
  mot_comparison_free(comparison);
  mot_compilation_free(is);
}

static int compared;

static void compare_with_itself(Arena *arena, const char *path)
{
  size_t len, bytes, formatted_size;
  char *text = file_bytes(arena, path, &len);
  mot_compilation *was = compile(path, text, len), *holder = NULL;
  if (!mot_module(was, &bytes)) {
    mot_compilation_free(was);
    return;
  }
  compared++;
  expect_no_change(arena, path, was, text, len, "as it is");
  const char *formatted;
  assert_int_equal(mot_format_text(path, text, len, NULL, &holder, &formatted, &formatted_size, NULL), MOT_OK);
  expect_no_change(arena, path, was, formatted, formatted_size, "laid out anew");
  mot_compilation_free(holder);
  const char *turned = turned_round(arena, text, len);
  expect_no_change(arena, path, was, turned, strlen(turned), "turned round");
  mot_compilation_free(was);
}

static void test_a_file_does_not_differ_from_itself(void **state)
{
  static const char *const folders[] = {
    "tests/corpus/lint", "tests/corpus/check/conditions", "tests/corpus/check/experience", "tests/corpus/check/measure",
    "tests/corpus/check/names", "tests/corpus/check/values", "tests/corpus/syntax/good", "tests/golden",
    "examples/broadband", "examples/airline-disruption", "examples/clinic-visit", "examples/incident", "examples/loan",
    "examples/retail-delivery",
  };
  compared = 0;
  for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) each_rule_file(*state, folders[i], compare_with_itself);
  assert_true(compared >= 5);
}

/* ---- every change there is ---- */

/* By the rows and code of the modules: what means the same has no change but in words, what does not has one. */
static void compare_mutant(Arena *arena, const mot_compilation *was, const mot_rules *rules, const char *text,
                           const mot_mutation *mutation)
{
  char *is = arena_printf(arena, "%.*s%s%s", (int)mutation->place.offset, text, mutation->with,
                          text + mutation->place.offset + mutation->place.length);
  mot_compilation *other = compile("a.mot", is, strlen(is));
  size_t size;
  if (mot_module(other, &size)) {
    mot_rules *changed = rules_of(other);
    mot_comparison *comparison = compare_modules((mot_compilation *)(uintptr_t)was, other);
    mot_change change;
    bool same = mot_rules_same(rules, changed), any = false, decides = false;
    for (size_t i = 0; mot_comparison_change(comparison, i, &change); i++) {
      any = true;
      decides |= change.kind != MOT_CHANGE_TEXT;
    }
    if (same ? decides : !any)
      fail_msg("%s: %s, but %s", mutation->what, same ? "the same" : "not the same", changes_line(arena, comparison));
    mot_comparison_free(comparison);
    mot_rules_free(changed);
  }
  mot_compilation_free(other);
}

static size_t compare_mutants(Arena *arena, const char *text, size_t each)
{
  mot_compilation *was = compile("a.mot", text, strlen(text));
  mot_rules *rules = rules_of(was);
  mot_mutations *mutations = NULL;
  mot_mutation mutation;
  size_t count = 0;
  assert_int_equal(mot_mutations_of("a.mot", text, strlen(text), NULL, &mutations, NULL), MOT_OK);
  for (; mot_mutation_at(mutations, count, &mutation); count++)
    if (count % each == 0) compare_mutant(arena, was, rules, text, &mutation);
  mot_mutations_free(mutations);
  mot_rules_free(rules);
  mot_compilation_free(was);
  return count;
}

static void test_every_change_of_meaning_is_found(void **state)
{
  static const char *const files[] = {
    "examples/broadband/broadband.mot", "examples/airline-disruption/airline-disruption.mot",
    "examples/clinic-visit/clinic-visit.mot", "examples/incident/incident.mot", "examples/loan/loan.mot",
    "examples/retail-delivery/retail-delivery.mot",
  };
  size_t len;
  assert_true(compare_mutants(*state, base, 1) > 40);
  for (size_t i = 0; i < sizeof files / sizeof *files; i++)
    assert_true(compare_mutants(*state, file_bytes(*state, files[i], &len), 2) > 40);
}

/* ---- what can go wrong ---- */

static void test_what_is_no_module_is_refused(void **state)
{
  (void)state;
  mot_compilation *was = compile("a.mot", base, strlen(base));
  size_t size;
  const void *module = mot_module(was, &size);
  mot_comparison *comparison = NULL;
  mot_error error = {.text = ""};
  assert_int_equal(mot_compare(module, size, "rubbish!", 8, NULL, &comparison, &error), MOT_INVALID);
  assert_non_null(strstr(error.text, "the new rules: this is no sound module"));
  assert_int_equal(mot_compare(module, size - 8, module, size, NULL, &comparison, &error), MOT_INVALID);
  assert_non_null(strstr(error.text, "the old rules: "));
  assert_null(comparison);
  mot_compilation_free(was);
}

/* Bytes changed here and there, with the checksum set right: refused, or compared; never more than that. */
static void test_modules_with_other_bytes_are_survived(void **state)
{
  Arena *arena = *state;
  mot_compilation *was = compile("a.mot", base, strlen(base));
  size_t size, taken = 0;
  const void *module = mot_module(was, &size);
  uint64_t chance = 88172645463325252u;
  for (int i = 0; i < 600; i++) {
    unsigned char *other = arena_alloc(arena, size);
    memcpy(other, module, size);
    for (int k = 0; k < 1 + i % 3; k++) {
      chance ^= chance << 13, chance ^= chance >> 7, chance ^= chance << 17;
      other[chance % size] ^= (unsigned char)(1u << (chance >> 40) % 8);
    }
    ((ModuleHeader *)(void *)other)->checksum = module_checksum(other, size);
    mot_comparison *comparison = NULL;
    mot_status status = mot_compare(module, size, other, size, NULL, &comparison, NULL);
    assert_true(status == MOT_OK || status == MOT_INVALID);
    taken += status == MOT_OK;
    mot_comparison_free(comparison);
  }
  assert_true(taken < 300); /* most of it is not what the texts give */
  mot_compilation_free(was);
}

static void test_memory_that_is_refused_is_given_back(void **state)
{
  (void)state;
  static const char small[] = "event A { customer: id }\nexperience X \"X\" { for customer  starts on A  expires after 1 d }\n";
  mot_compilation *was = compile("a.mot", small, strlen(small));
  size_t size, refusals = 0;
  const void *module = mot_module(was, &size);
  for (;; refusals++) {
    FailingAlloc alloc;
    failing_alloc_init(&alloc, refusals + 1);
    mot_allocator allocator = {failing_resize, &alloc};
    mot_comparison *comparison = NULL;
    mot_status status = mot_compare(module, size, module, size, &allocator, &comparison, NULL);
    mot_comparison_free(comparison);
    assert_int_equal(alloc.pieces, 0);
    assert_int_equal(alloc.bytes, 0);
    if (status == MOT_OK) break;
    assert_int_equal(status, MOT_NO_MEMORY);
  }
  assert_true(refusals > 0);
  mot_compilation_free(was);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    ARENA_TEST(test_what_only_looks_otherwise_is_no_change),
    ARENA_TEST(test_the_order_of_things_is_no_change),
    ARENA_TEST(test_words_people_and_weights_are_text),
    ARENA_TEST(test_other_limits_are_bounds),
    ARENA_TEST(test_other_conditions_are_conditions),
    ARENA_TEST(test_what_a_journey_is_is_its_key),
    ARENA_TEST(test_what_comes_and_goes),
    ARENA_TEST(test_what_others_change_shows_where_it_counts),
    ARENA_TEST(test_a_name_that_changed_is_told),
    ARENA_TEST(test_clauses_are_shown_as_written_with_their_places),
    ARENA_TEST(test_a_file_does_not_differ_from_itself),
    ARENA_TEST(test_every_change_of_meaning_is_found),
    cmocka_unit_test(test_what_is_no_module_is_refused),
    ARENA_TEST(test_modules_with_other_bytes_are_survived),
    cmocka_unit_test(test_memory_that_is_refused_is_given_back),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
