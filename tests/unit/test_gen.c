/*
 * What the generator makes of rules: listings of small files (tests/golden), and
 * modules that the verifier accepts whatever the rules are.
 *
 *   GOLDEN=write build/tests/test_gen    writes the listings anew, to be read before they are kept
 */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bytecode/disasm.h"
#include "bytecode/names.h"
#include "tests/support/arena_fixture.h"
#include "tests/support/compiled.h"

#define PEOPLE                                                                                               \
  "owner ana \"Ana\" { role experience_manager  contact \"mailto:ana@acme.example\" }\n"                     \
  "owner ben \"Ben\" { role mot_manager  reports to ana  contact \"mailto:ben@acme.example\" }\n"            \
  "team care \"Care\" { lead ben  role producer }\n"
#define EVENTS                                                                                               \
  "event Order { customer: id  price: money(EUR)  due: time  parts: int in 0..200  kind: one of a, b }\n"    \
  "event Call { customer: id  wait: duration  ok: bool  agent: id? }\n"                                      \
  "event Done { customer: id  score: number }\n"
#define EXPERIENCE(items)                                                                                    \
  "module some.rules\n" EVENTS PEOPLE "experience Sale \"A sale\" {\n  for customer\n  manager ana\n"        \
  "  starts on Order\n  sco \"it works\" Done within 20 d\n  expires after 30 d\n" items "}\n"
#define MOT(clauses)                                                                                         \
  EXPERIENCE("  mot One \"One\" {\n manager ben\n producers care\n target 90% over 7 d\n" clauses "}\n")

static Compiled sound(Arena *arena, const char *text)
{
  Compiled result = compiled_text(arena, "rules.mot", text);
  assert_string_equal(result.errors, "");
  assert_string_equal(result.fault, "");
  return result;
}

/* ---- listings ---- */

static const char *slurp(Arena *arena, const char *path)
{
  FILE *file = fopen(path, "rb");
  if (!file) return "";
  Buf buf;
  buf_init(&buf, arena);
  char part[4096];
  for (size_t len; (len = fread(part, 1, sizeof part, file)) > 0;) buf_put(&buf, part, len);
  fclose(file);
  return buf.len ? buf.data : "";
}

static void check_golden(Arena *arena, const char *name)
{
  const char *listing = arena_printf(arena, "tests/golden/%s.lst", name);
  Compiled result = compiled_file(arena, arena_printf(arena, "tests/golden/%s.mot", name));
  assert_string_equal(result.errors, "");
  assert_string_equal(result.fault, "");
  Buf out;
  buf_init(&out, arena);
  module_disasm(&result.module, &out);
  const char *write = getenv("GOLDEN");
  if (write && strcmp(write, "write") == 0) {
    FILE *file = fopen(listing, "wb");
    assert_non_null(file);
    fwrite(out.data, 1, out.len, file);
    fclose(file);
  }
  assert_string_equal(out.data, slurp(arena, listing));
}

static void test_listing_of_what_one_event_does(void **state) { check_golden(*state, "order"); }
static void test_listing_of_a_chain_and_a_silence(void **state) { check_golden(*state, "chain"); }
static void test_listing_of_an_outcome_and_a_correction(void **state) { check_golden(*state, "outcome"); }
static void test_listing_of_patterns_apart(void **state) { check_golden(*state, "apart"); }
static void test_listing_of_what_is_tried(void **state) { check_golden(*state, "try"); }

/* ---- every module is sound ---- */

static int unsound_files(Arena *arena, const char *folder, int *files)
{
  int wrong = 0;
  DIR *dir = opendir(folder);
  for (struct dirent *entry; dir && (entry = readdir(dir));) {
    const char *path = arena_printf(arena, "%s/%s", folder, entry->d_name);
    size_t len = strlen(path);
    if (entry->d_name[0] == '.') continue;
    if (len < 4 || strcmp(path + len - 4, ".mot") != 0) {
      wrong += unsound_files(arena, path, files); /* a folder, or nothing */
      continue;
    }
    Compiled result = compiled_file(arena, path);
    *files += result.accepted;
    if (result.fault[0]) printf("# %s: %s\n", path, result.fault);
    wrong += result.fault[0] != 0;
  }
  if (dir) closedir(dir);
  return wrong;
}

static void test_every_rule_file_at_hand_makes_a_sound_module(void **state)
{
  static const char *const folders[] = {"examples", "stdlib", "tests/corpus", "tests/golden", "bench"};
  int files = 0;
  for (unsigned i = 0; i < sizeof folders / sizeof *folders; i++)
    assert_int_equal(unsound_files(*state, folders[i], &files), 0);
  assert_true(files > 3);
}

static void test_all_forms_of_clauses_make_sound_modules(void **state)
{
  static const char *const clauses[] = {
    "when each Call where wait > 1 min or latest Order  smoto no Done within 3 d",
    "when first 3 Call within 7 d  smoto exactly 2 Done within 5 d",
    "when Order as o then Call as c within 1 d then Done within 2 d  smoto Done by o.due + c.wait",
    "when no Call for 3 d  smoto Call within 1 d",
    "when Order  smoto Call within 1 h then Done within price / 1 EUR * 1 d then at most 2 Call within 3 d",
    "when Order  smoto Done before Call or not (at least 3 Call within 2 d)",
    "when Order  smoto (Call where ok or Done where score > 3) within 4 h",
    "when Order  smoto Done by last(Order).due else start.due",
    "when Call  smoto (avg(Call.wait) in last 5 else 0 s) < 3 min and count(Call) in last 7 d < 3",
    "when Call  smoto (max(Call.wait) in last 1 d keep 20 else 0 s) < 3 min and sum(Order.price) < 100 EUR",
    "when Order  smoto Done within (case kind { a: 1 d  else: 2 d })",
    "when Order  smoto Done within 3 d  void on 2 Call within 1 h  pause on Order then Call within 1 d "
    "until no Call for 2 d",
    "when Order  smoto Done within 3 d\n"
    "on missed { correct \"mend\" by care within 1 d until Done where score > 1 }",
    "when Order  smoto Done within 3 d  on missed { correct \"mend\" by care within opening.due - start.at }",
    "when Order  smoto Done within 3 d\n"
    "on at risk (start.due - start.at) before deadline { alert ben \"{customer} {opening.price} {deadline}\" }",
    "when Order  smoto Done within 3 d  impact opening.price when missed  target p95(took) < 2 d over 7 d",
    "when Order  smoto Done by add_days(end_of_day(due), 2)  target rate(price > 3 EUR) > 50% over 7 d",
  };
  for (unsigned i = 0; i < sizeof clauses / sizeof *clauses; i++) {
    Buf buf;
    buf_init(&buf, *state);
    buf_text(&buf, EXPERIENCE("  mot One \"One\" {\n manager ben\n producers care by last(Call).agent\n"));
    buf.len -= 2;
    buf_printf(&buf, " target 90%% over 7 d\n %s\n}\n}\n", clauses[i]);
    Compiled result = compiled_text(*state, "rules.mot", buf.data);
    if (!result.accepted || result.fault[0])
      print_message("# %s: %s %s\n", clauses[i], result.errors, result.fault);
    assert_true(result.accepted);
    assert_string_equal(result.fault, "");
  }
}

static void test_the_same_rules_make_the_same_bytes(void **state)
{
  Compiled a = compiled_file(*state, "tests/golden/order.mot"),
    b = compiled_file(*state, "tests/golden/order.mot");
  assert_int_equal(a.module.size, b.module.size);
  assert_memory_equal(a.module.bytes, b.module.bytes, a.module.size);
}

static void test_the_folder_of_a_file_is_not_in_its_module(void **state)
{
  const char *text = MOT("when Order  smoto Done within 3 d\n");
  Compiled a = compiled_text(*state, "/home/somebody/rules.mot", text),
    b = compiled_text(*state, "rules.mot", text);
  assert_int_equal(a.module.size, b.module.size);
  assert_memory_equal(a.module.bytes, b.module.bytes, a.module.size);
}

/* ---- details ---- */

static void test_what_is_read_at_the_opening_takes_no_room(void **state)
{
  Compiled result = sound(*state, MOT("when Order  smoto Done by due  and parts > 3\n"));
  const MotRow *mot = &result.module.Mot[compiled_mot(&result.module, "One")];
  assert_int_equal(mot->slots_count, 3); /* a deadline and the states of two leaves */
}

static void test_small_values_are_kept_small(void **state)
{
  Compiled result = sound(*state, MOT("when Order\n"
                                      "smoto Call where (wait > opening.parts * 1 s and opening.kind == a)"
                                      " within 3 d\n"));
  const MotRow *mot = &result.module.Mot[compiled_mot(&result.module, "One")];
  uint32_t bytes = 0;
  for (uint32_t i = 0; i < mot->slots_count; i++)
    bytes += result.module.Slot[mot->slots + i].storage == STORAGE_U8;
  assert_int_equal(bytes, 3);
}

static void test_instants_of_a_journey_count_from_its_start(void **state)
{
  static const char *const starts[] = {"Order as o", "Order as o then Call within 1 d"};
  static const uint8_t storages[] = {STORAGE_T48, STORAGE_I64}; /* the first step of a chain comes before it */
  for (unsigned i = 0; i < 2; i++) {
    const char *text = arena_printf(*state, "module some.rules\n" EVENTS PEOPLE
                                    "experience Sale \"A sale\" {\n  for customer\n  manager ana\n"
                                    "  starts on %s\n  sco \"it works\" Done by (o.at + 3 d)\n"
                                    "  void on Call where wait > start.at - o.at\n  expires after 30 d\n}\n",
                                    starts[i]);
    Compiled result = sound(*state, text);
    const SlotRow *slot = result.module.Slot;
    while (strcmp(module_string(&result.module, slot->name, NULL), "o.at") != 0) slot++;
    assert_int_equal(slot->storage, storages[i]);
  }
}

static void test_equal_truths_of_an_event_are_one_predicate(void **state)
{
  Compiled result = sound(*state,
                          MOT("when Call where wait > 1 min\n smoto Call where wait > 1 min within 3 d\n"));
  assert_int_equal(result.module.Event[compiled_event(&result.module, "Call")].predicates_count, 1);
}

static void test_latest_alone_has_one_moment_open(void **state)
{
  Compiled result = sound(*state, MOT("when latest Order  smoto Done within 3 d\n"));
  assert_int_equal(result.module.Mot[0].single, 1);
  result = sound(*state, MOT("when latest Order or first Call  smoto Done within 3 d\n"));
  assert_int_equal(result.module.Mot[0].single, 0);
}

static void test_unused_kinds_of_the_file_are_there_and_marked(void **state)
{
  Compiled result = sound(*state, "module a.b\nuse std.contact\nevent Order { customer: id }\n");
  assert_int_equal(result.module.Event_count, 1);
  assert_int_equal(result.module.Event[0].used, 0);
}

static void test_silence_is_known(void **state)
{
  Compiled result = sound(*state, MOT("when Order  smoto parts > 3 and no Call within 3 d\n"));
  assert_int_equal(result.module.Condition[result.module.Mot[0].condition].silence, 1);
  result = sound(*state, MOT("when Order  smoto no Call within 3 d and Done within 2 d\n"));
  assert_int_equal(result.module.Condition[result.module.Mot[0].condition].silence, 0);
}

static const char *missed(const Module *module, uint32_t leaf)
{
  return module_string(module, module->Leaf[leaf].missed, NULL);
}

static void test_evidence_is_in_the_words_of_the_rules(void **state)
{
  Compiled result = sound(*state, MOT("when Order  smoto parts > 3 # enough\n"
                                      " and (kind == a or at most 2 Call within 3 d)\n"));
  uint32_t leaf = result.module.Condition[result.module.Mot[0].condition].leaves;
  assert_string_equal(missed(&result.module, leaf), "parts > 3 did not hold");
  assert_string_equal(missed(&result.module, leaf + 1), "kind == a did not hold");
  assert_string_equal(missed(&result.module, leaf + 2), "Call came {count} times, at most 2 allowed");
}

static void test_evidence_of_a_pattern_shows_its_arguments(void **state)
{
  Compiled result = sound(*state,
                          EXPERIENCE("  mot One \"One\" like Fast(Call, 7 min) {\n manager ben\n"
                                     " producers care\n target 90% over 7 d\n}\n")
                          "pattern Fast(E: event like Call, limit: duration) {\n when E\n"
                          " smoto wait < limit and E where wait > limit within 3 d\n}\n");
  uint32_t leaf = result.module.Condition[result.module.Mot[0].condition].leaves;
  assert_string_equal(missed(&result.module, leaf), "wait < 7 min did not hold");
  assert_string_equal(missed(&result.module, leaf + 1), "no Call where wait > 7 min by {deadline}");
}

static void test_a_record_too_large_is_reported(void **state)
{
  Buf buf;
  buf_init(&buf, *state);
  buf_text(&buf, "module a.b\n" EVENTS PEOPLE
                 "experience Sale \"A sale\" {\n  for customer\n  manager ana\n  starts on Order\n"
                 "  sco \"x\" (sum(Call.wait) in last 1 d keep 65000) < 1 min");
  for (int i = 2; i < 4; i++) buf_printf(&buf, " and (sum(Call.wait) in last %d d keep 65000) < 1 min", i);
  buf_text(&buf, "\n  expires after 30 d\n}\n");
  assert_string_equal(compiled_text(*state, "rules.mot", buf.data).errors, "E0790");
}

static void test_what_corrections_and_alerts_wait_for_is_there(void **state)
{
  Compiled result = sound(*state, MOT("when Order  smoto Done within 3 d\n"
                                      "on missed { correct \"mend\" by care within 1 d  alert ben }\n"));
  const EventRow *done = &result.module.Event[compiled_event(&result.module, "std.correction.Done")];
  assert_int_equal(done->used, 1);
  assert_string_equal(module_string(&result.module, result.module.Field[done->fields].name, NULL),
                      "correction");
  compiled_event(&result.module, "std.alert.Acknowledged");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    ARENA_TEST(test_listing_of_what_one_event_does),
    ARENA_TEST(test_listing_of_a_chain_and_a_silence),
    ARENA_TEST(test_listing_of_an_outcome_and_a_correction),
    ARENA_TEST(test_listing_of_patterns_apart),
    ARENA_TEST(test_listing_of_what_is_tried),
    ARENA_TEST(test_every_rule_file_at_hand_makes_a_sound_module),
    ARENA_TEST(test_all_forms_of_clauses_make_sound_modules),
    ARENA_TEST(test_the_same_rules_make_the_same_bytes),
    ARENA_TEST(test_the_folder_of_a_file_is_not_in_its_module),
    ARENA_TEST(test_what_is_read_at_the_opening_takes_no_room),
    ARENA_TEST(test_small_values_are_kept_small),
    ARENA_TEST(test_instants_of_a_journey_count_from_its_start),
    ARENA_TEST(test_equal_truths_of_an_event_are_one_predicate),
    ARENA_TEST(test_latest_alone_has_one_moment_open),
    ARENA_TEST(test_unused_kinds_of_the_file_are_there_and_marked),
    ARENA_TEST(test_silence_is_known),
    ARENA_TEST(test_evidence_is_in_the_words_of_the_rules),
    ARENA_TEST(test_evidence_of_a_pattern_shows_its_arguments),
    ARENA_TEST(test_a_record_too_large_is_reported),
    ARENA_TEST(test_what_corrections_and_alerts_wait_for_is_there),
  };
  return cmocka_run_group_tests_name("gen", tests, NULL, NULL);
}
