/*
 * gen_fn.c - a function being written: instructions, registers, jumps, and its
 * rows when it is done.
 *
 * Each register belongs to one class of values from its first use to the end;
 * freed ones are used again within their class.
 */
#include <string.h>

#include "bytecode/names.h"
#include "compiler/gen_parts.h"

Fn *fn_new(Gen *g, uint8_t kind, uint32_t name, Span span)
{
  Fn *fn = g->spare;
  if (fn) {
    g->spare = fn->next;
  } else {
    fn = ARENA_NEW(g->arena, Fn);
  }
  Fn fresh = {.g = g, .kind = kind, .name = name, .target = MOT_NONE, .span = span};
  memcpy(&fresh.code, &fn->code, sizeof fresh.code);
  memcpy(&fresh.lines, &fn->lines, sizeof fresh.lines);
  memcpy(&fresh.ways, &fn->ways, sizeof fresh.ways);
  *fn = fresh;
  fn->code.len = fn->lines.len = 0;
  return fn;
}

void fn_drop(Fn *fn)
{
  fn->next = fn->g->spare;
  fn->g->spare = fn;
}

/* ---- registers ---- */

static void registers_full(Fn *fn)
{
  if (!fn->full) too_large(fn->g, fn->span, "rule", "it needs more than 256 values at once");
  fn->full = true;
}

uint8_t reg_new(Fn *fn, ValueClass cls)
{
  if (fn->free_count[cls] > 0) return fn->free[cls][--fn->free_count[cls]];
  if (fn->registers < MOT_REGISTERS) return (uint8_t)fn->registers++;
  registers_full(fn);
  return 0;
}

void reg_free(Fn *fn, ValueClass cls, uint8_t reg)
{
  if (fn->free_count[cls] < MOT_REGISTERS) fn->free[cls][fn->free_count[cls]++] = reg;
}

uint8_t reg_block(Fn *fn, ValueClass cls, uint32_t count)
{
  (void)cls;
  uint32_t first = fn->registers;
  if (first + count > MOT_REGISTERS) {
    registers_full(fn);
    return 0;
  }
  fn->registers += count;
  return (uint8_t)first;
}

void val_free(Fn *fn, Val val)
{
  reg_free(fn, val.cls, val.reg);
  if (val.known >= 0) reg_free(fn, CLASS_B, (uint8_t)val.known);
}

uint8_t reg_or(Fn *fn, ValueClass cls, int want)
{
  return want >= 0 ? (uint8_t)want : reg_new(fn, cls);
}

ValueClass class_of(Type type)
{
  switch (type.base) {
  case VALUE_BOOL: return CLASS_B;
  case VALUE_NUMBER: case VALUE_PERCENT: return CLASS_F;
  case VALUE_TEXT: case VALUE_ID: return CLASS_S;
  default: return CLASS_I;
  }
}

/* ---- instructions ---- */

void fn_at(Fn *fn, Span span)
{
  if (span.end > span.start) fn->span = span;
}

static bool same_span(Span a, Span b)
{
  return a.file == b.file && a.start == b.start && a.end == b.end;
}

/* The high part of a number, for the place beside it when the operation has one there. */
static uint32_t high_part(uint8_t op, unsigned place, uint32_t *number, uint32_t otherwise)
{
  if (op_info[op].operands[place] != OPERAND_HI) return otherwise;
  uint32_t high = *number >> 16;
  *number &= UINT16_MAX;
  return high;
}

uint32_t fn_emit(Fn *fn, uint8_t op, uint32_t a, uint32_t b, uint32_t c, uint32_t d)
{
  Arena *arena = fn->g->arena;
  d = high_part(op, 3, &c, d);
  c = high_part(op, 2, &b, c);
  a = high_part(op, 0, &b, a);
  if (a > UINT8_MAX || b > UINT16_MAX || c > UINT16_MAX || d > UINT16_MAX) {
    if (!fn->full)
      too_large(fn->g, fn->span, "file", "a module holds at most 65,535 parts of a kind that code names");
    fn->full = true;
  }
  if (fn->lines.len == 0 || !same_span(fn->lines.data[fn->lines.len - 1].span, fn->span))
    *VEC_PUSH(arena, &fn->lines) = (LineUse){fn->code.len, fn->span};
  *VEC_PUSH(arena, &fn->code) = (Instr){op, (uint8_t)a, (uint16_t)b, (uint16_t)c, (uint16_t)d};
  return fn->code.len - 1;
}

uint32_t fn_jump(Fn *fn, uint8_t op, uint32_t reg)
{
  return fn_emit(fn, op, reg, 0, 0, 1);
}

uint32_t fn_try(Fn *fn)
{
  return fn_jump(fn, OP_TRY, 0);
}

void fn_land(Fn *fn, uint32_t jump)
{
  uint32_t distance = fn->code.len - jump;
  if (distance > UINT16_MAX) {
    if (!fn->full) too_large(fn->g, fn->span, "rule", "it needs more than 65,535 instructions in one piece");
    fn->full = true;
  }
  fn->code.data[jump].d = (uint16_t)distance;
}

void val_needed(Fn *fn, Val val)
{
  if (val.known < 0) return;
  uint32_t some = fn_jump(fn, OP_JT, (uint32_t)val.known);
  fn_emit(fn, OP_FAULT, 0, 0, 0, 0);
  fn_land(fn, some);
}

void fn_land_all(Fn *fn, Jumps *jumps)
{
  for (uint32_t i = 0; i < jumps->len; i++) fn_land(fn, jumps->data[i]);
  jumps->len = 0;
}

_Static_assert(OP_EV_B == OP_EV_I + 3 && OP_JL_S == OP_JL_I + 2 && OP_MS_B == OP_MS_I + 3
                 && OP_OL_F == OP_OL_I + 1 && OP_MOV_B == OP_MOV_I + 3 && OP_JS_B == OP_JS_I + 3
                 && OP_ML_B == OP_ML_I + 3,
               "operations by class stand in the order I F S B");

uint8_t op_of(uint8_t op_i, ValueClass cls)
{
  return (uint8_t)(op_i + cls);
}

void fn_constant(Fn *fn, uint8_t reg, ValueClass cls, int64_t value)
{
  ModuleBuilder *out = fn->g->out;
  switch (cls) {
  case CLASS_B: fn_emit(fn, OP_K_B, reg, value != 0, 0, 0); break;
  case CLASS_F: fn_emit(fn, OP_K_F, reg, builder_constant_f(out, (double)value), 0, 0); break;
  case CLASS_S: fn_emit(fn, OP_K_S, reg, 0, 0, 0); break;
  default: fn_emit(fn, OP_K_I, reg, builder_constant(out, value), 0, 0); break;
  }
}

uint32_t slot_in(const RecordPlan *record, uint32_t slot)
{
  return slot >= record->first && slot - record->first < record->count ? slot - record->first : UINT16_MAX;
}

/* ---- done ---- */

static bool ends(uint8_t op)
{
  return op == OP_RET || (op >= OP_RET_B && op <= OP_FAULT) || op == OP_OPEN;
}

static uint32_t greater(uint32_t a, uint32_t b)
{
  return a > b ? a : b;
}

/* Where a fault leads from each instruction; 0: out of the function. */
static void find_guards(Fn *fn)
{
  uint32_t guard = 0;
  fn->ways.len = 0;
  for (uint32_t i = 0; i < fn->code.len; i++) {
    *VEC_PUSH(fn->g->arena, &fn->ways) = guard > i ? guard : 0;
    if (fn->code.data[i].op == OP_TRY) guard = i + fn->code.data[i].d;
  }
  *VEC_PUSH(fn->g->arena, &fn->ways) = 0;
}

/* The longest way from each instruction to an end; jumps go forward only. */
static uint32_t longest_path(Fn *fn)
{
  find_guards(fn);
  uint32_t *way = fn->ways.data;
  for (uint32_t i = fn->code.len; i-- > 0;) {
    Instr instr = fn->code.data[i];
    uint32_t far = op_jumps(instr.op) ? way[i + instr.d] : 0;
    uint32_t next = ends(instr.op) || instr.op == OP_JMP ? 0 : way[i + 1];
    uint32_t fault = way[i] ? way[way[i]] : 0;
    way[i] = 1 + greater(greater(far, next), fault);
  }
  return way[0];
}

static void write_lines(const Fn *fn, uint32_t first)
{
  for (uint32_t i = 0; i < fn->lines.len; i++) {
    LineUse line = fn->lines.data[i];
    LineRow row = {first + line.instruction, line.span.file, line.span.start, line.span.end};
    *VEC_PUSH(fn->g->arena, &fn->g->out->Line) = row;
  }
}

static FunctionRow function_row(Fn *fn, uint32_t first)
{
  FunctionRow row = {.name = fn->name,
                     .kind = fn->kind,
                     .first = first,
                     .count = fn->code.len,
                     .registers = fn->registers,
                     .longest = fn->full ? 0 : longest_path(fn),
                     .event = fn->event ? event_row(fn->g, fn->event) : MOT_NONE,
                     .experience = fn->experience ? fn->experience->row : MOT_NONE,
                     .mot = fn->mot ? fn->mot->row : MOT_NONE,
                     .correction = fn->correction ? fn->correction->row : MOT_NONE,
                     .source = fn->source ? fn->source->row : MOT_NONE,
                     .source_sco = fn->source_sco ? fn->source_sco->row : MOT_NONE,
                     .aggregates_of = fn->metric ? fn->metric->row : MOT_NONE,
                     .target = fn->target,
                     .result = fn->result};
  return row;
}

uint32_t fn_finish(Fn *fn)
{
  ModuleBuilder *out = fn->g->out;
  uint32_t first = out->code.len, number = out->Function.len;
  *VEC_PUSH(fn->g->arena, &out->Function) = function_row(fn, first);
  write_lines(fn, first);
  for (uint32_t i = 0; i < fn->code.len; i++) *VEC_PUSH(fn->g->arena, &out->code) = fn->code.data[i];
  fn_drop(fn);
  return number;
}

/* ---- truths of one event alone ---- */

typedef struct PredicateUse {
  struct PredicateUse *next; /* of the same hash */
  uint32_t number, function;
} PredicateUse;

/* FNV-1a, 64 bits; 0 is no key. */
static uint64_t code_hash(const Fn *fn)
{
  const unsigned char *bytes = (const unsigned char *)fn->code.data;
  uint64_t hash = 14695981039346656037u;
  for (size_t i = 0; i < fn->code.len * sizeof(Instr); i++) hash = (hash ^ bytes[i]) * 1099511628211u;
  return hash ? hash : 1;
}

static bool same_code(const Fn *fn, uint32_t function)
{
  const FunctionRow *row = &fn->g->out->Function.data[function];
  const Instr *code = fn->g->out->code.data + row->first;
  return row->count == fn->code.len && memcmp(code, fn->code.data, fn->code.len * sizeof(Instr)) == 0;
}

uint32_t predicate_of(Gen *g, Fn *fn)
{
  EventPlan *plan = &g->events[event_row(g, fn->event)];
  uint64_t hash = code_hash(fn);
  PredicateUse *first = map_get(&plan->predicates, hash);
  for (PredicateUse *use = first; use; use = use->next)
    if (same_code(fn, use->function)) {
      fn_drop(fn);
      return use->number;
    }
  if (plan->functions.len == UINT16_MAX)
    too_large(g, fn->span, "file", "65,535 conditions on one kind of event");
  PredicateUse *use = ARENA_NEW(g->arena, PredicateUse);
  *use = (PredicateUse){first, plan->functions.len, fn_finish(fn)};
  *VEC_PUSH(g->arena, &plan->functions) = use->function;
  map_put(&plan->predicates, hash, use);
  return use->number;
}
