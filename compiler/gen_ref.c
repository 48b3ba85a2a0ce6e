/*
 * gen_ref.c - values of earlier events: from the event at hand while something
 * opens or starts, later from the record that keeps them.
 */
#include "compiler/gen_parts.h"

/* Keeps what is right when a value is missing: zero, and not known. */
static Val gen_missing(Fn *fn, ValueClass cls, int want)
{
  Val val = {cls, reg_or(fn, cls, want), reg_new(fn, CLASS_B)};
  fn_constant(fn, val.reg, cls, 0);
  fn_emit(fn, OP_K_B, (uint32_t)val.known, 0, 0, 0);
  return val;
}

static Val gen_time(Fn *fn, uint8_t op, int want)
{
  Val val = {CLASS_I, reg_or(fn, CLASS_I, want), -1};
  fn_emit(fn, op, val.reg, 0, 0, 0);
  return val;
}

Val gen_event_field(Fn *fn, Sym name, bool optional, int want)
{
  if (name == 0) return gen_time(fn, OP_EV_TIME, want);
  const Field *field = fn->event ? field_named(fn->event, name) : NULL;
  if (!field) return gen_missing(fn, CLASS_I, want);
  ValueClass cls = class_of(field->type);
  uint32_t number = field->row - fn->g->out->Event.data[event_row(fn->g, fn->event)].fields;
  Val val = {cls, reg_or(fn, cls, want), -1};
  use_field(fn->g, field);
  fn_emit(fn, op_of(OP_EV_I, cls), val.reg, number, 0, 0);
  if (!field->type.optional || !optional) return val;
  val.known = reg_new(fn, CLASS_B);
  fn_emit(fn, OP_EV_KNOWN, (uint32_t)val.known, number, 0, 0);
  return val;
}

Val gen_ref_field(Fn *fn, const Ref *ref, bool optional)
{
  bool has = ref->field == 0 || field_named(fn->event, ref->field);
  return has ? gen_event_field(fn, ref->field, optional, -1) : gen_missing(fn, class_of(ref->type), -1);
}

Val gen_load(Fn *fn, uint8_t op_i, const RecordPlan *record, uint32_t slot, uint32_t known, ValueClass cls,
             int want)
{
  Val val = {cls, reg_or(fn, cls, want), -1};
  fn_emit(fn, op_of(op_i, cls), val.reg, slot_in(record, slot), 0, 0);
  if (known == MOT_NONE) return val;
  val.known = reg_new(fn, CLASS_B);
  fn_emit(fn, op_of(op_i, CLASS_B), (uint32_t)val.known, slot_in(record, known), 0, 0);
  return val;
}

void gen_store(Fn *fn, uint8_t op_i, const RecordPlan *record, uint32_t slot, uint32_t known, Val val)
{
  fn_emit(fn, op_of(op_i, val.cls), val.reg, slot_in(record, slot), 0, 0);
  if (known == MOT_NONE) return;
  uint8_t is_known = known_reg(fn, val);
  fn_emit(fn, op_of(op_i, CLASS_B), is_known, slot_in(record, known), 0, 0);
  if (val.known < 0) reg_free(fn, CLASS_B, is_known);
}

/* ---- while a moment opens ---- */

static bool of_starts(const Ref *ref)
{
  return ref->kind == REF_START || (ref->kind == REF_AS && !ref->mot);
}

/* The choice by which it opens has a value for the ref at its last step, the event at hand. */
static bool chosen_last(const Fn *fn, const Ref *ref)
{
  return fn->choice && fn->choice->shape != AST_SILENCE && opening_is_source(fn->choice, ref);
}

bool ref_of_event(const Fn *fn, const Ref *ref)
{
  if (!fn->event || ref->kind == REF_LAST) return false;
  if (of_starts(ref)) return fn->starting && ref->kind == REF_START;
  return chosen_last(fn, ref) && !fn->correction;
}

/* From the record of the moment (or SCO) whose outcome opens. */
static Val gen_source_ref(Fn *fn, const Ref *ref, int want)
{
  Gen *g = fn->g;
  const MotPlan *mot = fn->source ? mot_plan(g, fn->source) : NULL;
  if (ref->field == 0 && !(mot && mot->opens_by_outcome)) return gen_time(fn, OP_O_OPENED, want);
  const Ref *source = mot ? opening_ref(fn->source, ref->field)
    : fn->source_sco ? start_ref(fn->source_sco, ref->field) : NULL;
  if (!source) return gen_missing(fn, class_of(ref->type), want);
  const RecordPlan *record = mot ? &mot->record : &experience_plan(g, fn->source_sco)->record;
  return gen_load(fn, OP_OL_I, record, source->slot, source->known, class_of(ref->type), want);
}

static Val gen_chain_ref(Fn *fn, const Ref *ref, int want)
{
  const ChoicePlan *plan = fn->choice ? choice_plan(fn->g, fn->choice) : NULL;
  const RecordPlan *record = &experience_plan(fn->g, fn->experience)->record;
  for (uint32_t i = 0; plan && i < plan->captures.len; i++) {
    const Capture *capture = &plan->captures.data[i];
    if (capture->ref == ref)
      return gen_load(fn, OP_JL_I, record, capture->slot, capture->known, class_of(ref->type), want);
  }
  return gen_missing(fn, class_of(ref->type), want);
}

Val gen_opening_ref(Fn *fn, const Ref *ref, int want)
{
  bool silent = fn->choice && fn->choice->shape == AST_SILENCE; /* opened at the end of the silence */
  if (silent && ref->kind == REF_OPENING && ref->field == 0) return gen_time(fn, OP_M_OPENED, want);
  if (chosen_last(fn, ref) && !fn->event) return gen_source_ref(fn, ref, want);
  if (!ref_of_event(fn, ref)) return gen_chain_ref(fn, ref, want);
  if (ref->field == 0 || field_named(fn->event, ref->field))
    return gen_event_field(fn, ref->field, ref->type.optional, want);
  return gen_missing(fn, class_of(ref->type), want);
}

/* ---- later ---- */

static Val gen_capture(Fn *fn, const Ref *ref, int want)
{
  const CorrectionPlan *plan = &fn->g->corrections[fn->correction->row];
  for (uint32_t i = 0; i < plan->captures.len; i++) {
    const Capture *capture = &plan->captures.data[i];
    if (capture->ref == ref)
      return gen_load(fn, OP_ML_I, &plan->record, capture->slot, capture->known, class_of(ref->type), want);
  }
  return gen_missing(fn, class_of(ref->type), want);
}

static Val gen_moment_ref(Fn *fn, const Ref *ref, int want)
{
  const MotPlan *plan = mot_plan(fn->g, ref->mot);
  if (fn->correction) return gen_capture(fn, ref, want);
  if (fn->kind == FUNCTION_OPENING) return gen_opening_ref(fn, ref, want);
  if (ref->kind == REF_OPENING && ref->field == 0 && !plan->opens_by_outcome)
    return gen_time(fn, OP_M_OPENED, want);
  return gen_load(fn, OP_ML_I, &plan->record, ref->slot, ref->known, class_of(ref->type), want);
}

Val gen_ref(Fn *fn, const Ref *ref, int want)
{
  if (ref->kind == REF_OPENING || (ref->kind == REF_AS && ref->mot)) {
    if (fn->alone) return gen_opening_ref(fn, ref, want);
    return gen_moment_ref(fn, ref, want);
  }
  if (ref_of_event(fn, ref)) return gen_opening_ref(fn, ref, want);
  if (ref->kind == REF_START && ref->field == 0) return gen_time(fn, OP_J_START, want);
  const RecordPlan *record = &experience_plan(fn->g, ref->experience)->record;
  return gen_load(fn, OP_JL_I, record, ref->slot, ref->known, class_of(ref->type), want);
}
