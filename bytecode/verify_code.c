/*
 * verify_code.c - the instructions, one function after the other.
 *
 * Jumps go forward only, so one pass in order sees every way to an instruction
 * before the instruction itself.  It carries what each register holds; where
 * ways meet, a register keeps its class if it has the same on all of them.
 */
#include "bytecode/verify_code.h"

#include <math.h>
#include <string.h>

/* ---- saying where ---- */

bool code_fail(const CodeCheck *c, const char *what)
{
  const char *name = module_string(c->v->module, c->row->name, NULL);
  return module_fail(c->v->error, "functions[%u] (%.40s) instruction %u: %s", c->function, name, c->at, what);
}

static bool operand_fail(const CodeCheck *c, unsigned which, const char *what)
{
  const char *name = module_string(c->v->module, c->row->name, NULL);
  return module_fail(c->v->error, "functions[%u] (%.40s) instruction %u (%s) operand %c: %s", c->function,
                     name, c->at, op_info[c->instr.op].name, "abcd"[which], what);
}

/* ---- ways that meet ---- */

struct Pending { /* what registers hold on the ways to an instruction further on */
  struct Pending *next; /* in the list of spare ones */
  uint32_t length;
  uint8_t types[MOT_REGISTERS];
};

static void merge(uint8_t *types, const uint8_t *others, uint32_t count)
{
  for (uint32_t i = 0; i < count; i++)
    if (types[i] != others[i]) types[i] = CLASS_NONE;
}

/* Another way leads to instruction `target`. */
static void offer(CodeCheck *c, uint32_t target)
{
  Pending *pending = c->pending[target];
  if (pending) {
    merge(pending->types, c->types, c->row->registers);
  } else {
    pending = c->spare ? c->spare : ARENA_NEW(c->v->scratch, Pending);
    c->spare = pending->next;
    pending->length = 0;
    memcpy(pending->types, c->types, c->row->registers);
    c->pending[target] = pending;
  }
  if (c->length > pending->length) pending->length = c->length;
}

/* Joins the ways that jump to the instruction at hand with the one that runs into it. */
static void join(CodeCheck *c)
{
  Pending *pending = c->pending[c->at];
  if (!pending) return;
  if (c->live)
    merge(c->types, pending->types, c->row->registers);
  else
    memcpy(c->types, pending->types, c->row->registers);
  if (!c->live || pending->length > c->length) c->length = pending->length;
  c->live = true;
  c->pending[c->at] = NULL;
  pending->next = c->spare;
  c->spare = pending;
}

/* ---- operands ---- */

static bool check_register(const CodeCheck *c, unsigned which, uint32_t value, ValueClass read)
{
  static const char *const missing[CLASS_END] = {
    "", "the register holds no truth here", "the register holds no integer here",
    "the register holds no number here",
    "the register holds no text here", "the register holds no verdict here",
  };
  if (value >= c->row->registers)
    return operand_fail(c, which, "the function does not have so many registers");
  return read == CLASS_NONE || c->types[value] == read || operand_fail(c, which, missing[read]);
}

static bool check_number(const CodeCheck *c, unsigned which, uint32_t value, uint32_t count, const char *what)
{
  return value < count || operand_fail(c, which, what);
}

static bool check_constant(const CodeCheck *c, unsigned which, uint32_t value, bool number)
{
  double f;
  if (!check_number(c, which, value, c->v->module->Constant_count, "there is no such constant")) return false;
  memcpy(&f, &c->v->module->Constant[value].bits, sizeof f);
  return !number || isfinite(f) || operand_fail(c, which, "not a finite number");
}

static bool check_event_field(const CodeCheck *c, unsigned which, uint32_t value, ValueClass class)
{
  if (!c->event) return operand_fail(c, which, "no event is at hand");
  if (!check_number(c, which, value, c->event->fields_count, "the event has no such field")) return false;
  const FieldRow *field = &c->v->module->Field[c->event->fields + value];
  return class == CLASS_NONE || value_class(field->type) == class
      || operand_fail(c, which, "a field of another type");
}

/* A slot, read or (a reads its register) written. */
static bool check_slot(const CodeCheck *c, unsigned which, uint32_t value, Rows slots, ValueClass class)
{
  if (!check_number(c, which, value, slots.count, "the record has no such slot")) return false;
  uint32_t slot = slots.first + value;
  if (storage_class(c->v->module->Slot[slot].storage) != class)
    return operand_fail(c, which, "a slot of another type");
  unsigned a = op_info[c->instr.op].operands[0];
  bool written = a >= OPERAND_RB && a <= OPERAND_RT;
  return !written || !c->v->engine_slot[slot] || operand_fail(c, which, "a slot that only the engine writes");
}

static bool check_step(const CodeCheck *c, unsigned which, uint32_t value)
{
  if (!c->condition) return operand_fail(c, which, "the subject has no condition");
  const LeafRow *leaf = &c->v->module->Leaf[c->condition->leaves + instr_operand(c->instr, which - 1)];
  return check_number(c, which, value, leaf->steps_count, "the leaf has no such step");
}

static bool check_jump(const CodeCheck *c, unsigned which, uint32_t value)
{
  if (value == 0) return operand_fail(c, which, "a jump that goes nowhere");
  return c->at + value < c->row->count || operand_fail(c, which, "a jump out of the function");
}

/* Operands that are a row of a table, or count within an owner. */
static bool check_row_operand(const CodeCheck *c, unsigned which, uint32_t kind, uint32_t value)
{
  const Module *m = c->v->module;
  switch (kind) {
  case OPERAND_STR: return check_number(c, which, value, m->string_count, "there is no such text");
  case OPERAND_PRD:
    return check_number(c, which, value, c->event ? c->event->predicates_count : 0,
                        "the event has no such predicate");
  case OPERAND_KEY: return check_number(c, which, value, c->keys.count, "the experience has no such key");
  case OPERAND_LEF:
    return check_number(c, which, value, c->condition ? c->condition->leaves_count : 0,
                        "the condition has no such leaf");
  case OPERAND_STP: return check_step(c, which, value);
  case OPERAND_HIS:
    return check_number(c, which, value, c->histories.count, "the experience has no such history");
  case OPERAND_PAT:
    return check_number(c, which, value, c->patterns.count, "the experience has no such pattern");
  case OPERAND_CHO: return check_number(c, which, value, c->choices.count, "the mot has no such choice");
  case OPERAND_AGG: return check_number(c, which, value, c->aggregates.count, "there is no such aggregate");
  case OPERAND_MOT: return check_number(c, which, value, m->Mot_count, "there is no such mot");
  case OPERAND_COR: return check_number(c, which, value, m->Correction_count, "there is no such correction");
  case OPERAND_FN: return check_number(c, which, value, m->Function_count, "there is no such function");
  case OPERAND_BLT: return check_number(c, which, value, BUILTIN_END, "there is no such built-in function");
  case OPERAND_ZON: return check_number(c, which, value, m->Zone_count, "there is no such zone");
  case OPERAND_CAL: return check_number(c, which, value, m->Calendar_count, "there is no such calendar");
  case OPERAND_IMM: case OPERAND_HI: return true;
  default: return value == 0 || operand_fail(c, which, "not zero, and not used");
  }
}

static bool check_operand(const CodeCheck *c, unsigned which)
{
  uint32_t kind = op_info[c->instr.op].operands[which], value = instr_operand(c->instr, which);
  if (kind >= OPERAND_WB && kind <= OPERAND_WT) return check_register(c, which, value, CLASS_NONE);
  if (kind >= OPERAND_RB && kind <= OPERAND_RT)
    return check_register(c, which, value, kind - OPERAND_RB + CLASS_B);
  if (kind == OPERAND_KI || kind == OPERAND_KF) return check_constant(c, which, value, kind == OPERAND_KF);
  if (kind == OPERAND_EVX) return check_event_field(c, which, value, CLASS_NONE);
  if (kind >= OPERAND_EVB && kind <= OPERAND_EVS)
    return check_event_field(c, which, value, kind - OPERAND_EVB + CLASS_B);
  if (kind >= OPERAND_JSB && kind <= OPERAND_JSS)
    return check_slot(c, which, value, c->journey, kind - OPERAND_JSB + CLASS_B);
  if (kind >= OPERAND_MSB && kind <= OPERAND_MSS)
    return check_slot(c, which, value, c->subject, kind - OPERAND_MSB + CLASS_B);
  if (kind >= OPERAND_OSB && kind <= OPERAND_OSS)
    return check_slot(c, which, value, c->outcome, kind - OPERAND_OSB + CLASS_B);
  if (kind == OPERAND_FWD) return check_jump(c, which, value);
  return check_row_operand(c, which, kind, value);
}

/* Registers take what the instruction writes, after it has read. */
static bool write_registers(CodeCheck *c)
{
  int first = -1;
  for (unsigned which = 0; which < 4; which++) {
    uint32_t kind = op_info[c->instr.op].operands[which], value = instr_operand(c->instr, which);
    if (kind < OPERAND_WB || kind > OPERAND_WT) continue;
    if (first == (int)value) return operand_fail(c, which, "the register is written twice");
    first = (int)value;
    c->types[value] = (uint8_t)(kind - OPERAND_WB + CLASS_B);
  }
  return true;
}

/* ---- instructions ---- */

static bool check_context(const CodeCheck *c)
{
  unsigned needed = op_info[c->instr.op].contexts, contexts = function_kind_info[c->row->kind].contexts;
  if ((needed & contexts) != needed)
    return code_fail(c, "what it needs is not at hand in a function of this kind");
  if ((needed & CONTEXT_OUTCOME) && c->row->source == MOT_NONE && c->row->source_sco == MOT_NONE)
    return code_fail(c, "no decided moment is at hand");
  if (needed & (CONTEXT_JOURNEY | CONTEXT_SUBJECT | CONTEXT_CONDITION)) c->v->uses_journey[c->function] = 1;
  return true;
}

/* Ends of a way, and whether this one may end a function of this kind; -1: no end. */
static int end_letter(uint32_t op)
{
  switch (op) {
  case OP_RET: return 'V';
  case OP_RET_B: return 'B';
  case OP_RET_I: return 'I';
  case OP_RET_F: return 'F';
  case OP_RET_S: return 'S';
  case OP_RET_T: return 'T';
  case OP_RET_NONE: return 'N';
  case OP_FAULT:
  case OP_OPEN: return 0;
  default: return -1;
  }
}

static bool check_end(const CodeCheck *c, int letter)
{
  const FunctionKindInfo *kind = &function_kind_info[c->row->kind];
  static const char letters[CLASS_END] = "VBIFST";
  if (letter == 0) return true;
  if (!strchr(kind->results, letter)) return code_fail(c, "a function of this kind does not end so");
  ValueClass said = value_class(c->row->result);
  return letter == 'V' || letter == 'N' || said == CLASS_NONE || letters[said] == letter
    || code_fail(c, "not the type of the function's result");
}

static bool check_instr(CodeCheck *c)
{
  if (c->instr.op >= OP_COUNT) return code_fail(c, "there is no such instruction");
  if (!check_context(c)) return false;
  for (unsigned which = 0; which < 4; which++)
    if (!check_operand(c, which)) return false;
  return check_special(c) && write_registers(c);
}

static bool is_guarded(const CodeCheck *c)
{
  return c->guard > c->at;
}

/* Where the ways go from here; a fault may come anywhere behind a `try`. */
static bool go_on(CodeCheck *c)
{
  int letter = end_letter(c->instr.op);
  c->length++;
  if (is_guarded(c)) {
    if (c->instr.op == OP_TRY) return code_fail(c, "what is tried already");
    offer(c, c->guard);
  }
  if (letter >= 0) {
    if (c->length > c->longest) c->longest = c->length;
    c->live = false;
    return check_end(c, letter);
  }
  if (op_jumps(c->instr.op)) offer(c, c->at + c->instr.d);
  if (c->instr.op == OP_TRY) c->guard = c->at + c->instr.d;
  c->live = c->instr.op != OP_JMP;
  return true;
}

/* ---- functions ---- */

static Rows rows_of(uint32_t first, uint32_t count)
{
  return (Rows){first, count};
}

static void reach_journey(CodeCheck *c, const ExperienceRow *e)
{
  c->keys = rows_of(e->keys, e->keys_count);
  c->journey = c->subject = rows_of(e->slots, e->slots_count);
  c->histories = rows_of(e->histories, e->histories_count);
  c->patterns = rows_of(e->patterns, e->patterns_count);
  c->condition = e->sco == MOT_NONE ? NULL : &c->v->module->Condition[e->sco];
}

static void reach_subject(CodeCheck *c, const Module *m, const FunctionRow *f)
{
  if (f->mot != MOT_NONE) {
    const MotRow *mot = &m->Mot[f->mot];
    c->subject = rows_of(mot->slots, mot->slots_count);
    c->choices = rows_of(mot->choices, mot->choices_count);
    c->condition = &m->Condition[mot->condition];
  }
  if (f->correction != MOT_NONE) {
    const CorrectionRow *correction = &m->Correction[f->correction];
    c->subject = rows_of(correction->slots, correction->slots_count);
    c->condition = correction->condition == MOT_NONE ? NULL : &m->Condition[correction->condition];
  }
}

static void reach_outcome(CodeCheck *c, const Module *m, const FunctionRow *f)
{
  if (f->source != MOT_NONE) c->outcome = rows_of(m->Mot[f->source].slots, m->Mot[f->source].slots_count);
  if (f->source_sco != MOT_NONE)
    c->outcome = rows_of(m->Experience[f->source_sco].slots, m->Experience[f->source_sco].slots_count);
}

static void reach_aggregates(CodeCheck *c, const Module *m, const FunctionRow *f)
{
  if (f->aggregates_of != MOT_NONE)
    c->aggregates = rows_of(m->Metric[f->aggregates_of].aggregates,
                            m->Metric[f->aggregates_of].aggregates_count);
  if (f->target != MOT_NONE)
    c->aggregates = rows_of(m->Target[f->target].aggregates, m->Target[f->target].aggregates_count);
}

/* What operands may name in this function. */
static void set_reach(CodeCheck *c)
{
  const Module *m = c->v->module;
  const FunctionRow *f = c->row;
  c->event = f->event == MOT_NONE ? NULL : &m->Event[f->event];
  c->condition = NULL;
  c->keys = c->journey = c->subject = c->outcome = (Rows){0};
  c->histories = c->patterns = c->choices = c->aggregates = (Rows){0};
  if (f->experience != MOT_NONE) reach_journey(c, &m->Experience[f->experience]);
  reach_subject(c, m, f);
  reach_outcome(c, m, f);
  reach_aggregates(c, m, f);
}

static bool check_body(CodeCheck *c)
{
  const Instr *code = c->v->module->code + c->row->first;
  memset(c->types, CLASS_NONE, sizeof c->types);
  c->live = true;
  c->length = c->longest = c->guard = 0;
  for (c->at = 0; c->at < c->row->count; c->at++) {
    join(c);
    c->instr = code[c->at];
    if (!c->live) return code_fail(c, "no way leads here");
    if (!check_instr(c) || !go_on(c)) return false;
  }
  c->at--;
  if (c->live) return code_fail(c, "the function goes on behind its end");
  return c->longest == c->row->longest
      || code_fail(c, "the longest way has another length than the function says");
}

/* Functions share no instructions and leave none over; returns the longest, or 0. */
static uint32_t check_ranges(Verifier *v)
{
  const Module *m = v->module;
  uint8_t *covered = ARENA_ARRAY(v->scratch, uint8_t, m->code_count);
  uint32_t most = 1;
  for (uint32_t f = 0; f < m->Function_count; f++) {
    const FunctionRow *row = &m->Function[f];
    Place at = {v, SECTION_Function, f};
    if (!need(at, row->count > 0, "count", "no instructions")
        || !need(at, (uint64_t)row->first + row->count <= m->code_count, "first", "behind the code"))
      return 0;
    for (uint32_t i = row->first; i < row->first + row->count; i++)
      if (!need(at, !covered[i]++, "first", "shares code with another function")) return 0;
    if (row->count > most) most = row->count;
  }
  const uint8_t *left = memchr(covered, 0, m->code_count);
  if (!left) return most;
  module_fail(v->error, "code[%u]: belongs to no function", (uint32_t)(left - covered));
  return 0;
}

bool verify_code(Verifier *v)
{
  const Module *m = v->module;
  uint32_t longest = check_ranges(v);
  if (longest == 0) return false;
  v->uses_journey = ARENA_ARRAY(v->scratch, uint8_t, m->Function_count);
  CodeCheck c = {.v = v, .pending = ARENA_ARRAY(v->scratch, Pending *, longest)};
  for (c.function = 0; c.function < m->Function_count; c.function++) {
    c.row = &m->Function[c.function];
    set_reach(&c);
    if (!check_body(&c)) return false;
  }
  return true;
}
