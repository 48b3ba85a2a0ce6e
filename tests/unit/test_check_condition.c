/* test_check_condition.c - conditions, bounds, patterns, histories: what is reported and what they become. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "compiler/compile.h"
#include "tests/support/arena_fixture.h"
#include "tests/support/compiled.h"
#include "tests/support/corpus.h"

#define KINDS                                                                                       \
  "event Order { customer: id  order: id  promised: time  sla: duration?  n: int }\n"              \
  "event Booked { customer: id  order: id  slot: time  note: text? }\n"                            \
  "event Arrived { customer: id  order: id  agent: id }\n"                                         \
  "event Call { customer: id  wait: duration  resolved: bool }\n"                                  \
  "event Chat { customer: id  wait: duration }\n"                                                  \
  "event Contact is Call where wait > 1 min or Chat\n"                                             \
  "event Paid { customer: id  amount: money(EUR)  n: int? }\n"                                     \
  "calendar Office { open mon..fri 09:00..17:00 }\n"                                               \
  "owner ana \"Ana\" { role experience_manager  contact \"mailto:a@example.org\" }\n"

#define JOURNEY                                                                                     \
  "experience X \"x\" {\n  for customer\n  manager ana\n  starts on Order as order_at\n"            \
  "  sco \"It works\" Booked within 10 d\n  expires after 60 d\n"

/* The one experience, with these MOTs in it; fails with the first error. */
static Experience *experience(Arena *arena, const char *mots)
{
  const Compile *compile = compile_text(arena, arena_printf(arena, "%s%s%s\n}\n", KINDS, JOURNEY, mots));
  for (const Diag *diag = compile->diags.first; diag; diag = diag->next)
    if (diag->severity == SEV_ERROR) fail_msg("%s: %s %s", mots, diag_info[diag->code].code, diag->message);
  return compile->program->experiences.data[0];
}

static Mot *mot(Arena *arena, const char *clauses)
{
  return experience(arena, arena_printf(arena, "mot M \"m\" { %s }", clauses))->mots.data[0];
}

static const Condition *smoto(Arena *arena, const char *condition)
{
  return mot(arena, arena_printf(arena, "when Order  smoto %s", condition))->smoto;
}

static const Leaf *leaf(Arena *arena, const char *condition)
{
  return smoto(arena, condition)->leaves.data[0];
}

/* ---- what is reported ------------------------------------------------------------------------ */

static void every_file_of_the_corpus_reports_what_it_says(void **state)
{
  int files;
  assert_int_equal(corpus_check(*state, "tests/corpus/check/conditions", &files), 0);
  assert_true(files >= 4);
}

static const char *fix_of(Arena *arena, const char *condition, DiagCode code)
{
  const Compile *compile = compile_text(
    arena, arena_printf(arena, "%s%smot M \"m\" { when Order  smoto %s }\n}\n", KINDS, JOURNEY, condition));
  const Diag *diag = finding(compile, code);
  if (!diag || !diag->fix_text) fail_msg("%s: nothing to put in", condition);
  return diag->fix_text;
}

static void bounds_are_mended(void **state)
{
  assert_string_equal(fix_of(*state, "Booked within start.promised", E0402), "by");
  assert_string_equal(fix_of(*state, "Booked by 15 min", E0402), "within");
  assert_string_equal(fix_of(*state, "Booked within 2 d of Office", E0404), "2 open days");
  assert_string_equal(fix_of(*state, "Booked or Call within 4 h", W0442), "(Booked or Call) ");
  assert_string_equal(fix_of(*state, "Booked where slot > promised", E0314), "opening.promised");
}

static void a_circle_of_outcomes_shows_its_way(void **state)
{
  const Compile *compile = compile_text(
    *state, KINDS JOURNEY "mot A \"a\" { when missed B  smoto Call within 1 d }\n"
                          "mot B \"b\" { when Order  smoto produced C within 1 d }\n"
                          "mot C \"c\" { when produced A  smoto Call within 1 d }\n"
                          "mot D \"d\" { when produced A  smoto Call within 1 d }\n}\n");
  const Diag *diag = finding(compile, E0418);
  assert_non_null(diag);
  assert_int_equal(compile->diags.errors, 1);
  assert_string_equal(diag->notes->text, "`A` waits for `B` here");
  assert_string_equal(diag->notes->next->text, "`B` waits for `C` here");
  assert_string_equal(diag->notes->next->next->text, "`C` waits for `A` here");
  assert_null(diag->notes->next->next->next);
}

/* ---- conditions ---------------------------------------------------------------------- */

static void a_part_without_a_happening_is_one_predicate(void **state)
{
  const Condition *condition = smoto(*state, "(n > 3 and promised > start.at) and Booked within 1 d");
  assert_int_equal(condition->leaves.len, 2);
  assert_int_equal(condition->root->kind, COND_AND);
  assert_int_equal(condition->leaves.data[0]->kind, LEAF_PREDICATE);
  assert_int_equal(condition->leaves.data[0]->predicate->kind, EX_AND);
}

static void a_bound_of_a_group_goes_to_what_has_none(void **state)
{
  const Condition *condition = smoto(*state, "(Booked or Call within 1 h or no Chat) within 4 h");
  assert_int_equal(condition->leaves.len, 3);
  assert_int_equal(condition->leaves.data[0]->steps.data[0].bound.value->u.i, INT64_C(4) * 3600 * 1000000);
  assert_int_equal(condition->leaves.data[1]->steps.data[0].bound.value->u.i, INT64_C(3600) * 1000000);
  assert_int_equal(condition->leaves.data[2]->steps.data[0].bound.value->u.i, INT64_C(4) * 3600 * 1000000);
}

static void counts_are_read(void **state)
{
  assert_int_equal(leaf(*state, "at most 2 Call within 1 d")->kind, LEAF_AT_MOST);
  assert_int_equal(leaf(*state, "at most 2 Call within 1 d")->count, 2);
  assert_int_equal(leaf(*state, "at least 1 Call")->kind, LEAF_AT_LEAST);
  assert_int_equal(leaf(*state, "exactly 0 Call")->count, 0);
  assert_int_equal(leaf(*state, "no Call")->steps.data[0].bound.kind, BOUND_NONE);
}

static void a_sequence_ends_with_what_must_not_happen(void **state)
{
  const Leaf *then = leaf(*state, "(Booked or Call) within 1 d then Arrived by promised then at most 2 Chat "
                          "within 3 d");
  assert_int_equal(then->kind, LEAF_SEQUENCE);
  assert_int_equal(then->steps.len, 3);
  assert_int_equal(then->steps.data[0].match.cases.len, 2);
  assert_int_equal(then->steps.data[1].bound.kind, BOUND_BY);
  assert_int_equal(then->steps.data[1].counted, 0);
  assert_int_equal(then->steps.data[2].counted, 3);
}

static void a_kind_that_follows_from_others_stands_for_them(void **state)
{
  const Match *match = &leaf(*state, "Contact where wait > 5 min")->steps.data[0].match;
  assert_int_equal(match->cases.len, 2);
  assert_int_equal(match->cases.data[0].where->kind, EX_AND);
  assert_int_equal(match->cases.data[1].where->kind, EX_COMPARE);
  assert_ptr_not_equal(match->cases.data[0].event, match->cases.data[1].event);
}

static void only_a_bound_that_reads_the_last_event_moves(void **state)
{
  assert_true(leaf(*state, "Arrived by last(Booked).slot")->steps.data[0].bound.moves);
  assert_true(leaf(*state, "Arrived by (last(Booked).slot else promised) + 1 h")->steps.data[0].bound.moves);
  assert_false(leaf(*state, "Arrived by promised + 1 h")->steps.data[0].bound.moves);
}

/* ---- values of earlier events ------------------------------------------------------------------------ */

static const Ref *only_ref(Arena *arena, const char *clauses)
{
  const Mot *m = mot(arena, clauses);
  assert_int_equal(m->refs.len, 1);
  return m->refs.data[0];
}

static void what_is_named_is_kept_once(void **state)
{
  const Ref *ref = only_ref(*state, "when Booked  smoto Arrived by opening.slot or Call where opening.slot > "
                            "start.at");
  assert_int_equal(ref->kind, REF_OPENING);
  assert_int_equal(ref->type.base, VALUE_TIME);
  assert_false(ref->type.optional);
}

static void a_name_that_one_choice_does_not_give_may_be_missing(void **state)
{
  const Ref *ref = only_ref(*state, "when Booked as visit or Call  smoto Arrived by visit.slot");
  assert_int_equal(ref->kind, REF_AS);
  assert_true(ref->type.optional);
  ref = only_ref(*state, "when Booked as visit or latest Booked as visit  smoto Arrived by visit.slot");
  assert_false(ref->type.optional);
}

static void an_outcome_stands_for_the_event_that_opened_its_moment(void **state)
{
  const Experience *x =
    experience(*state, "mot A \"a\" { when missed B  smoto Arrived by opening.slot }\n"
                       "mot B \"b\" { when Booked  smoto Arrived within 1 d }");
  assert_int_equal(x->mots.data[0]->refs.len, 1);
  assert_int_equal(x->mots.data[0]->refs.data[0]->type.base, VALUE_TIME);
}

static void the_last_event_may_be_missing(void **state)
{
  const Experience *x = experience(*state, "mot A \"a\" { when Order  smoto Arrived by last(Booked).slot and "
                                           "Call by last(Booked).slot and Chat by last(Booked where slot > "
                                           "start.promised).slot }");
  uint32_t last = 0;
  for (uint32_t i = 0; i < x->refs.len; i++) last += x->refs.data[i]->kind == REF_LAST;
  assert_int_equal(last, 2);
  for (uint32_t i = 0; i < x->refs.len; i++)
    assert_int_equal(x->refs.data[i]->type.optional, x->refs.data[i]->kind == REF_LAST);
}

/* ---- histories ---------------------------------------------------------------------- */

typedef struct Kept {
  const char *where;
  uint32_t keep;
  bool exact;
} Kept;

static void windows_keep_no_more_than_their_use_needs(void **state)
{
  static const Kept cases[] = {
    {"count(Call) in last 7 d < 3", 3, true},        {"count(Call) in last 7 d <= 3", 4, true},
    {"count(Call) in last 7 d > 3", 4, true},        {"count(Call) in last 7 d >= 3", 3, true},
    {"count(Call) in last 7 d == 3", 4, true},       {"3 > count(Call) in last 7 d", 3, true},
    {"3 <= count(Call) in last 7 d", 3, true},       {"count(Call) in last 7 d < 0", 1, true},
    {"count(Call) in last 7 d < start.n", 256, false}, {"count(Call) in last 7 d keep 9 < 3", 9, false},
    {"sum(Paid.n) in last 7 d > 3", 256, false},     {"count(Call) in last 5 > 3", 5, true},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const Experience *x = experience(
      *state,
      arena_printf(*state, "mot M \"m\" { when Call where %s  smoto Chat within 1 d }", cases[i].where));
    assert_int_equal(x->histories.len, 1);
    const History *history = x->histories.data[0];
    if (history->keep != cases[i].keep || history->exact != cases[i].exact)
      fail_msg("%s: %u %d", cases[i].where, history->keep, history->exact);
  }
}

static void equal_histories_are_kept_once(void **state)
{
  const Experience *x =
    experience(*state, "mot A \"a\" { when Call where count(Call) in last 7 d < 3  smoto Chat within 1 d }\n"
                       "mot B \"b\" { when Call where count(Call) in last 7 d >= 5  smoto Chat within 1 d }\n"
                       "mot C \"c\" { when Call where count(Call) in last 1 d >= 5  smoto Chat within 1 d }\n"
                       "mot D \"d\" { when Call where count(Call where resolved) in last 1 d >= 5  smoto "
                           "Chat "
                       "within 1 d }");
  assert_int_equal(x->histories.len, 3);
  assert_int_equal(x->histories.data[0]->keep, 5);
}

static void missing_values_are_skipped_and_an_empty_sum_is_there(void **state)
{
  const Experience *x = experience(
    *state, "mot M \"m\" { when Call where (sum(Paid.n) > 3 and avg(Paid.n) else 0 > 3)  "
            "smoto Chat within 1 d }");
  assert_int_equal(x->histories.len, 2);
  assert_true(x->histories.data[0]->values.data[0]->type.optional);
}

/* ---- patterns ---------------------------------------------------------------------- */

static void patterns_have_their_shapes(void **state)
{
  const Choice *choice = mot(*state, "when 3 Call within 7 d  smoto Chat within 1 d")->when->choices.data;
  assert_int_equal(choice->shape, AST_COUNT);
  assert_int_equal(choice->count, 3);
  choice = mot(*state, "when latest Booked as visit  smoto Chat within 1 d")->when->choices.data;
  assert_int_equal(choice->mode, MODE_LATEST);
  assert_true(choice->as.data[0] != 0);
  choice = mot(*state, "when Call as c then Chat within 9 h of Office  smoto Chat within 1 "
               "d")->when->choices.data;
  assert_int_equal(choice->shape, AST_CHAIN);
  assert_int_equal(choice->steps.len, 2);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    ARENA_TEST(every_file_of_the_corpus_reports_what_it_says),
    ARENA_TEST(bounds_are_mended),
    ARENA_TEST(a_circle_of_outcomes_shows_its_way),
    ARENA_TEST(a_part_without_a_happening_is_one_predicate),
    ARENA_TEST(a_bound_of_a_group_goes_to_what_has_none),
    ARENA_TEST(counts_are_read),
    ARENA_TEST(a_sequence_ends_with_what_must_not_happen),
    ARENA_TEST(a_kind_that_follows_from_others_stands_for_them),
    ARENA_TEST(only_a_bound_that_reads_the_last_event_moves),
    ARENA_TEST(what_is_named_is_kept_once),
    ARENA_TEST(a_name_that_one_choice_does_not_give_may_be_missing),
    ARENA_TEST(an_outcome_stands_for_the_event_that_opened_its_moment),
    ARENA_TEST(the_last_event_may_be_missing),
    ARENA_TEST(windows_keep_no_more_than_their_use_needs),
    ARENA_TEST(equal_histories_are_kept_once),
    ARENA_TEST(missing_values_are_skipped_and_an_empty_sum_is_there),
    ARENA_TEST(patterns_have_their_shapes),
  };
  return cmocka_run_group_tests_name("check_condition", tests, NULL, NULL);
}
