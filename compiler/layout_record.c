/*
 * layout_record.c - what stands in the record of a journey, of a moment, of a
 * correction, and in how few bytes.
 */
#include <stdlib.h>

#include "compiler/gen_parts.h"

#define T48_CERTAIN (INT64_C(1) << 47) /* microseconds: four years and a half */

static const char *name_of(const Gen *g, Sym sym)
{
  return sym_text(g->program->names, sym);
}

/* ---- storage of values ---- */

typedef struct Reach {
  const Experience *experience;
  bool bounded, foreign; /* all have a range; something comes from another journey, perhaps older */
  uint64_t high;
} Reach;

static void widen(void *user, const MatchCase *at, const Field *field)
{
  Reach *reach = user;
  if (at->mot || at->sco) reach->foreign = true;
  if (!field || !field->has_range || field->low < 0)
    reach->bounded = false;
  else if ((uint64_t)field->high > reach->high)
    reach->high = (uint64_t)field->high;
}

/* Instants of the journey's own events are kept as time since its start. */
static uint8_t instant_storage(const Experience *experience, bool foreign)
{
  return !foreign && experience->expires < T48_CERTAIN ? STORAGE_T48 : STORAGE_I64;
}

static uint8_t ring_storage(const Experience *experience)
{
  return instant_storage(experience, false) == STORAGE_T48 ? STORAGE_RING48 : STORAGE_RING;
}

/* A step of the chain that starts a journey comes before its start. */
static bool may_precede_start(const Ref *ref)
{
  const Pattern *starts = ref->experience->starts;
  for (uint32_t i = 0; ref->kind == REF_AS && !ref->mot && i < starts->choices.len; i++)
    if (starts->choices.data[i].shape == AST_CHAIN) return true;
  return false;
}

static uint8_t ref_storage(const Ref *ref)
{
  Reach reach = {.experience = ref->experience, .bounded = true, .foreign = may_precede_start(ref)};
  ref_sources(ref, widen, &reach);
  switch (ref->type.base) {
  case VALUE_BOOL: return STORAGE_BOOL;
  case VALUE_NUMBER: case VALUE_PERCENT: return STORAGE_F64;
  case VALUE_TEXT: case VALUE_ID: return STORAGE_STRING;
  case VALUE_LISTED: return ref->type.listed && ref->type.listed->count > 256 ? STORAGE_U16 : STORAGE_U8;
  case VALUE_INT: return reach.bounded ? storage_for(reach.high) : STORAGE_I64;
  case VALUE_TIME: return ref->field == 0 ? instant_storage(ref->experience, reach.foreign) : STORAGE_I64;
  default: return STORAGE_I64;
  }
}

static uint32_t ref_name(Gen *g, const Ref *ref)
{
  static const char *const kinds[] = {"start", "opening", "", "last"};
  const char *of = ref->kind == REF_AS ? name_of(g, ref->as) : kinds[ref->kind];
  const char *field = ref->field ? name_of(g, ref->field) : "at";
  if (ref->kind == REF_LAST && ref->match->shown)
    return text_printf(g, "last(%s).%s", name_of(g, ref->match->shown), field);
  return text_printf(g, "%s.%s", of, field);
}

static void want_value(Gen *g, Layout *layout, const Ref *ref, uint32_t *slot, uint32_t *known)
{
  uint32_t name = ref_name(g, ref);
  layout_want(layout, name, ref_storage(ref), slot);
  if (ref->type.optional || ref->kind == REF_LAST) layout_want(layout, name, STORAGE_BOOL, known);
}

/* Times that the engine keeps anyway. */
static bool kept_anyway(const Gen *g, const Ref *ref)
{
  if (ref->field != 0) return false;
  return ref->kind == REF_START || (ref->kind == REF_OPENING && !mot_plan(g, ref->mot)->opens_by_outcome);
}

static void want_refs(Gen *g, Layout *layout, Ref *const *refs, uint32_t count)
{
  for (uint32_t i = 0; i < count; i++)
    if (refs[i]->slot == REF_KEPT && !kept_anyway(g, refs[i]))
      want_value(g, layout, refs[i], &refs[i]->slot, &refs[i]->known);
}

static void want_captures(Gen *g, Layout *layout, Captures *captures)
{
  for (uint32_t i = 0; i < captures->len; i++)
    want_value(g, layout, captures->data[i].ref, &captures->data[i].slot, &captures->data[i].known);
}

/* ---- conditions ---- */

bool bound_constant(const Bound *bound)
{
  return bound->kind == BOUND_NONE || (bound->value && bound->value->kind == EX_INT);
}

int64_t bound_length(const Bound *bound)
{
  return bound->value && bound->value->kind == EX_INT ? bound->value->u.i : 0;
}

static void want_counter(Gen *g, Layout *layout, const Leaf *leaf, uint32_t number, LeafPlan *plan)
{
  uint64_t most = 0;
  if (leaf->kind == LEAF_AT_MOST || leaf->kind == LEAF_AT_LEAST || leaf->kind == LEAF_EXACTLY)
    most = (uint64_t)leaf->count + 1;
  if (leaf->kind == LEAF_SEQUENCE) most = leaf->steps.data[leaf->steps.len - 1].counted;
  plan->counter = MOT_NONE;
  if (most > UINT32_MAX) too_large(g, leaf->span, "count", "at most 4,294,967,294 can be counted");
  if (most > 0 && !(leaf->kind == LEAF_SEQUENCE && most == 1))
    layout_want(layout, text_printf(g, "count %u", number), storage_for(most), &plan->counter);
}

static void want_step(Gen *g, Layout *layout, const Leaf *leaf, uint32_t number, uint32_t step,
                      StepPlan *plan)
{
  *plan = (StepPlan){MOT_NONE, MOT_NONE};
  if (leaf->steps.data[step].bound.kind != BOUND_NONE)
    layout_want(layout, text_printf(g, "deadline %u.%u", number, step + 1), STORAGE_I64, &plan->deadline);
  if (leaf->kind == LEAF_SEQUENCE && step + 1 < leaf->steps.len)
    layout_want(layout, text_printf(g, "matched %u.%u", number, step + 1), STORAGE_I64, &plan->matched);
}

/* When it was settled stands in the place of a deadline, which is no longer needed; a condition of one leaf is
 * settled when it is. */
static void want_settled(Gen *g, Layout *layout, const Leaf *leaf, uint32_t number, LeafPlan *plan, bool alone)
{
  plan->settled = MOT_NONE;
  if (alone || leaf->kind == LEAF_PREDICATE) return;
  for (uint32_t i = 0; i < leaf->steps.len; i++)
    if (leaf->steps.data[i].bound.kind != BOUND_NONE) return;
  layout_want(layout, text_printf(g, "settled %u", number), STORAGE_I64, &plan->settled);
}

static void want_condition(Gen *g, Layout *layout, ConditionPlan *plan)
{
  if (!plan->condition) return;
  uint32_t count = plan->condition->leaves.len;
  plan->leaves = ARENA_ARRAY(g->arena, LeafPlan, count);
  for (uint32_t i = 0; i < count; i++) {
    const Leaf *leaf = plan->condition->leaves.data[i];
    LeafPlan *places = &plan->leaves[i];
    layout_want(layout, text_printf(g, "leaf %u", i + 1), STORAGE_U8, &places->state);
    want_counter(g, layout, leaf, i + 1, places);
    want_settled(g, layout, leaf, i + 1, places, count == 1);
    places->steps = ARENA_ARRAY(g->arena, StepPlan, leaf->steps.len + 1);
    for (uint32_t k = 0; k < leaf->steps.len; k++)
      want_step(g, layout, leaf, i + 1, k, &places->steps[k]);
  }
}

/* ---- patterns ---- */

bool has_state(const Choice *choice)
{
  return (choice->shape == AST_COUNT && choice->count > 1) || choice->shape == AST_CHAIN
    || choice->shape == AST_SILENCE;
}

ChoicePlan *choice_plan(Gen *g, const Choice *choice)
{
  return map_get(&g->choices, (uintptr_t)choice);
}

static void want_chain(Gen *g, Layout *layout, ChoicePlan *plan)
{
  const Choice *choice = plan->choice;
  for (uint32_t i = 0; i < choice->steps.len; i++) {
    plan->steps[i] = (StepPlan){MOT_NONE, MOT_NONE};
    if (i > 0 && choice->steps.data[i].bound.kind != BOUND_NONE)
      layout_want(layout, text_printf(g, "chain deadline %u", i + 1), STORAGE_I64, &plan->steps[i].deadline);
    if (i + 1 < choice->steps.len)
      layout_want(layout, text_printf(g, "chain matched %u", i + 1), STORAGE_I64, &plan->steps[i].matched);
  }
  for (uint32_t i = 0; plan->mot && plan->purpose == PURPOSE_OPENS && i < plan->mot->refs.len; i++) {
    const Ref *ref = plan->mot->refs.data[i];
    uint32_t step = ref->kind == REF_AS ? step_named(choice, ref->as) : MOT_NONE;
    if (step != MOT_NONE && step + 1 < choice->steps.len)
      *VEC_PUSH(g->arena, &plan->captures) = (Capture){ref, step, MOT_NONE, MOT_NONE};
  }
  want_captures(g, layout, &plan->captures);
}

static void want_count(Gen *g, Layout *layout, const Experience *experience, ChoicePlan *plan)
{
  uint8_t storage = plan->purpose == PURPOSE_STARTS ? STORAGE_RING : ring_storage(experience);
  int64_t entries = plan->choice->count - 1;
  plan->steps[0] = (StepPlan){MOT_NONE, MOT_NONE};
  if (!bound_constant(&plan->choice->steps.data[0].bound))
    layout_want(layout, text_z(g, "window"), STORAGE_I64, &plan->steps[0].deadline);
  if (entries > UINT16_MAX) too_large(g, plan->choice->span, "pattern", "it can count up to 65,536 events");
  bool fits = entries > 0 && entries <= UINT16_MAX;
  layout_want_ring(layout, text_z(g, "counted"), storage, fits ? (uint32_t)entries : 0, false, &plan->store);
}

static void want_state(Gen *g, Layout *layout, ExperiencePlan *of, ChoicePlan *plan)
{
  const Choice *choice = plan->choice;
  plan->pattern = of->patterns.len;
  *VEC_PUSH(g->arena, &of->patterns) = plan;
  plan->steps = ARENA_ARRAY(g->arena, StepPlan, choice->steps.len + 1);
  if (choice->shape == AST_COUNT) want_count(g, layout, of->experience, plan);
  if (choice->shape == AST_CHAIN) want_chain(g, layout, plan);
  if (choice->shape == AST_SILENCE) layout_want(layout, text_z(g, "quiet since"), STORAGE_I64, &plan->store);
  bool fed_apart = plan->purpose == PURPOSE_OPENS && when_fed_apart(plan->mot);
  if (choice->shape == AST_SILENCE || (plan->purpose < PURPOSE_MOT_VOIDS && !fed_apart)) return;
  layout_want(layout, text_z(g, "complete"), STORAGE_BOOL, &plan->flag);
  if (choice_may_fault(choice)) layout_want(layout, text_z(g, "wrong"), STORAGE_BOOL, &plan->wrong);
}

static void want_pattern(Gen *g, Layout *layout, ExperiencePlan *of, const Pattern *pattern, uint8_t purpose,
                         Mot *mot)
{
  for (uint32_t i = 0; pattern && i < pattern->choices.len; i++) {
    const Choice *choice = &pattern->choices.data[i];
    bool first = purpose == PURPOSE_OPENS && choice->mode == MODE_FIRST;
    if (!has_state(choice) && !first) continue;
    ChoicePlan *plan = ARENA_NEW(g->arena, ChoicePlan);
    *plan = (ChoicePlan){.choice = choice, .mot = mot, .purpose = purpose};
    plan->pattern = plan->store = plan->opened = plan->flag = plan->wrong = MOT_NONE;
    map_put(&g->choices, (uintptr_t)choice, plan);
    if (first) layout_want(layout, text_z(g, "has opened"), STORAGE_BOOL, &plan->opened);
    if (has_state(choice)) want_state(g, layout, of, plan);
  }
}

static void want_mot_patterns(Gen *g, Layout *layout, ExperiencePlan *of, Mot *mot)
{
  want_pattern(g, layout, of, mot->when, PURPOSE_OPENS, mot);
  for (uint32_t i = 0; i < mot->voids.len; i++)
    want_pattern(g, layout, of, mot->voids.data[i], PURPOSE_MOT_VOIDS, mot);
  want_pattern(g, layout, of, mot->pause, PURPOSE_PAUSES, mot);
  want_pattern(g, layout, of, mot->resume, PURPOSE_RESUMES, mot);
}

static int by_text(const void *a, const void *b)
{
  const ChoicePlan *x = *(ChoicePlan *const *)a, *y = *(ChoicePlan *const *)b;
  bool x_starts = x->purpose == PURPOSE_STARTS, y_starts = y->purpose == PURPOSE_STARTS;
  uint32_t x_at = x->choice->span.start, y_at = y->choice->span.start;
  if (x_starts != y_starts) return x_starts ? -1 : 1;
  if (x_at != y_at) return x_at < y_at ? -1 : 1;
  return (x->pattern > y->pattern) - (x->pattern < y->pattern);
}

/* Silences that are over at the same time run in the order of the text; what starts journeys stands first. */
static void number_patterns(ExperiencePlan *of)
{
  if (of->patterns.len > 1) qsort(of->patterns.data, of->patterns.len, sizeof *of->patterns.data, by_text);
  for (uint32_t i = 0; i < of->patterns.len; i++) of->patterns.data[i]->pattern = i;
}

/* ---- histories ---- */

static void want_total(Gen *g, Layout *layout, const History *history, struct HistorySlots *slots)
{
  uint8_t storage = class_of(history->value_type) == CLASS_F ? STORAGE_F64 : STORAGE_I64;
  layout_want(layout, text_z(g, "how many"), STORAGE_U32, &slots->count);
  if (history->aggregate != AGGREGATE_COUNT) layout_want(layout, text_z(g, "total"), storage, &slots->total);
  HistoryRow row = {.kind = HISTORY_TOTAL, .aggregate = history->aggregate, .type = history->value_type.base};
  if (total_is_wide(&row)) layout_want(layout, text_z(g, "above the total"), STORAGE_I64, &slots->store);
}

static void want_histories(Gen *g, Layout *layout, ExperiencePlan *plan)
{
  const Experience *experience = plan->experience;
  plan->histories = ARENA_ARRAY(g->arena, struct HistorySlots, experience->histories.len + 1);
  for (uint32_t i = 0; i < experience->histories.len; i++) {
    History *history = experience->histories.data[i];
    struct HistorySlots *slots = &plan->histories[i];
    *slots = (struct HistorySlots){MOT_NONE, MOT_NONE, MOT_NONE};
    history->row = i;
    if (history->kind == HISTORY_TOTAL) {
      want_total(g, layout, history, slots);
    } else if (history->keep > UINT16_MAX) {
      too_large(g, history->match->span, "history", "at most 65,535 entries can be kept");
    } else {
      HistoryRow row = {.kind = history->kind, .keep = history->keep, .exact = history->exact};
      layout_want_ring(layout, text_z(g, "history"), ring_storage(experience), history_entries(&row),
                       history->aggregate != AGGREGATE_COUNT, &slots->store);
    }
  }
}

/* ---- records ---- */

static RecordPlan place(Gen *g, Layout *layout, uint32_t header, Span span, const char *what)
{
  if (!layout_place(layout, header))
    too_large(g, span, what, "what it keeps does not fit into a record of a megabyte");
  return (RecordPlan){layout->first, layout->count, layout->size};
}

static void layout_journey(Gen *g, ExperiencePlan *plan)
{
  Layout layout;
  Experience *experience = plan->experience;
  layout_init(&layout, g->out);
  want_refs(g, &layout, experience->refs.data, experience->refs.len);
  want_pattern(g, &layout, plan, experience->starts, PURPOSE_STARTS, NULL);
  for (uint32_t i = 0; i < experience->voids.len; i++)
    want_pattern(g, &layout, plan, experience->voids.data[i], PURPOSE_VOIDS, NULL);
  want_pattern(g, &layout, plan, experience->ends, PURPOSE_ENDS, NULL);
  for (uint32_t i = 0; i < experience->mots.len; i++)
    want_mot_patterns(g, &layout, plan, experience->mots.data[i]);
  number_patterns(plan);
  want_histories(g, &layout, plan);
  want_condition(g, &layout, &plan->sco);
  plan->record = place(g, &layout, MOT_JOURNEY_HEADER, experience->span, "experience");
}

static void layout_moment(Gen *g, MotPlan *plan)
{
  Layout layout;
  layout_init(&layout, g->out);
  want_refs(g, &layout, plan->mot->refs.data, plan->mot->refs.len);
  want_condition(g, &layout, &plan->condition);
  uint32_t header = MOT_MOMENT_HEADER + (plan->mot->pause ? MOT_PAUSE_HEADER : 0);
  plan->record = place(g, &layout, header, plan->mot->span, "MOT");
}

static void layout_correction(Gen *g, CorrectionPlan *plan)
{
  Layout layout;
  layout_init(&layout, g->out);
  want_captures(g, &layout, &plan->captures);
  want_condition(g, &layout, &plan->condition);
  plan->record = place(g, &layout, MOT_MOMENT_HEADER, plan->correction->span, "correction");
}

void layout_records(Gen *g)
{
  for (uint32_t i = 0; i < g->program->experiences.len && !g->failed; i++)
    layout_journey(g, &g->experiences[i]);
  for (uint32_t i = 0; i < g->out->Mot.len && !g->failed; i++) layout_moment(g, &g->mots[i]);
  for (uint32_t i = 0; i < g->out->Correction.len && !g->failed; i++)
    layout_correction(g, &g->corrections[i]);
}
