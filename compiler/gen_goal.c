/*
 * gen_goal.c - goals, reviews, and the tests in the language.
 */
#include "compiler/gen_parts.h"

/* ---- goals ---- */

static void write_goal(Gen *g, Goal *goal, uint32_t nsat)
{
  GoalRow row = {.nsat = nsat, .parent = goal->parent ? goal->parent->row : MOT_NONE,
                 .name = text_of(g, goal->name), .title = text_of(g, goal->title),
                 .doc = text_of(g, goal->doc), .owner = owner_row(goal->owner),
                 .each = text_of(g, goal->each), .measure = goal->measure,
                 .mot = goal->mot ? goal->mot->row : MOT_NONE,
                 .metric = goal->metric ? goal->metric->row : MOT_NONE, .weight = goal->weight};
  Fn *like = fn_new(g, FUNCTION_SUBJECT_VALUE, row.name, goal->span);
  like->mot = goal->measure == MEASURE_MOT ? goal->mot : NULL;
  like->experience = like->mot ? like->mot->experience : goal->nsat->experience;
  row.targets = gen_targets(g, goal->targets.data, goal->targets.len, like);
  row.targets_count = goal->targets.len;
  row.actions = gen_actions(g, goal->actions.data, goal->actions.len, like);
  row.actions_count = goal->actions.len;
  fn_drop(like);
  *VEC_PUSH(g->arena, &g->out->Goal) = row;
}

/* Goals stand by nsat, parents before children: the program has them so. */
void gen_goals(Gen *g)
{
  const Program *program = g->program;
  uint32_t next = 0;
  for (uint32_t i = 0; i < program->nsats.len; i++) {
    const Nsat *nsat = program->nsats.data[i];
    NsatRow row = {.name = text_of(g, nsat->name), .title = text_of(g, nsat->title),
                   .experience = nsat->experience->row, .goals = next};
    for (; next < program->goals.len && program->goals.data[next]->nsat == nsat; next++)
      write_goal(g, program->goals.data[next], i);
    row.goals_count = next - row.goals;
    *VEC_PUSH(g->arena, &g->out->Nsat) = row;
  }
}

void gen_reviews(Gen *g)
{
  for (uint32_t i = 0; i < g->program->reviews.len; i++) {
    const Review *review = g->program->reviews.data[i];
    ReviewRow row = {.name = text_of(g, review->name), .experience = review->experience->row,
                     .chair = owner_row(review->chair), .unit = review->unit, .every = review->every};
    *VEC_PUSH(g->arena, &g->out->Review) = row;
  }
}

/* ---- tests ---- */

static void write_step(Gen *g, const TestStepOf *step)
{
  TestStepRow row = {.at = step->at, .event = step->event ? event_row(g, step->event) : MOT_NONE,
                     .start = step->span.start, .values = g->out->TestValue.len,
                     .values_count = step->values.len};
  for (uint32_t i = 0; i < step->values.len; i++) {
    const TestValueOf *value = &step->values.data[i];
    *VEC_PUSH(g->arena, &g->out->TestValue) =
      (TestValueRow){value->field->row, text_of(g, value->text), value->value};
  }
  *VEC_PUSH(g->arena, &g->out->TestStep) = row;
}

static void write_expect(Gen *g, const ExpectOf *expect)
{
  ExpectRow row = {.kind = expect->kind, .negated = expect->negated, .outcome = expect->outcome,
                   .state = expect->state, .mot = expect->mot ? expect->mot->row : MOT_NONE,
                   .experience = expect->experience ? expect->experience->row : MOT_NONE,
                   .goal = expect->goal ? expect->goal->row : MOT_NONE, .owner = owner_row(expect->owner),
                   .severity = expect->severity, .key = text_of(g, expect->key), .has_at = expect->has_at,
                   .start = expect->span.start, .at = expect->at};
  *VEC_PUSH(g->arena, &g->out->Expect) = row;
}

void gen_tests(Gen *g)
{
  for (uint32_t i = 0; i < g->program->tests.len; i++) {
    const TestOf *test = g->program->tests.data[i];
    TestRow row = {.name = text_of(g, test->name), .source = test->span.file, .start = test->span.start,
                   .end = test->span.end, .steps_count = test->steps.len, .expects_count = test->expects.len};
    row.steps = g->out->TestStep.len;
    for (uint32_t k = 0; k < test->steps.len; k++) write_step(g, &test->steps.data[k]);
    row.expects = g->out->Expect.len;
    for (uint32_t k = 0; k < test->expects.len; k++) write_expect(g, &test->expects.data[k]);
    *VEC_PUSH(g->arena, &g->out->Test) = row;
  }
}
