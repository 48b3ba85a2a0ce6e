/* vm_columns.c - see vm_columns.h. */
#include "runtime/vm_columns.h"

#include <math.h>

#include "bytecode/names.h"
#include "bytecode/rounding.h"

static Column *column(Lanes *l, uint32_t place)
{
  return &l->columns[place / sizeof(VmValue)];
}

/* Byte `offset` of the event of a lane. */
static inline const uint8_t *place_of(const Lanes *l, uint32_t lane, uint32_t offset)
{
  return (const uint8_t *)l->events[lane] + offset;
}

/* For each active lane `i`. */
#define EACH(l, body)                                                                               \
  do {                                                                                              \
    if ((l)->active == (l)->all) {                                                                  \
      for (uint32_t i = 0; i < (l)->count; i++) { body; }                                           \
    } else {                                                                                        \
      for (uint64_t left = (l)->active; left; left &= left - 1) {                                   \
        uint32_t i = (uint32_t)__builtin_ctzll(left);                                               \
        body;                                                                                       \
      }                                                                                             \
    }                                                                                               \
  } while (0)

#define BODY(N) static void do_##N(Lanes *l, const VmOp *op)
#define A column(l, op->a)
#define B column(l, op->b)
#define C column(l, op->c)
#define D column(l, op->d)

static void write_bits(Lanes *l, uint32_t place, uint64_t bits)
{
  uint64_t *to = &column(l, place)->bits;
  *to = (*to & ~l->active) | (bits & l->active);
}

static void fault(Lanes *l, uint64_t lanes)
{
  l->faults |= l->active & lanes;
  l->active &= ~lanes;
}

/* ---- constants and moves ---- */

BODY(K_I) { int64_t *to = A->i, value = op->i; EACH(l, to[i] = value); }
BODY(K_B) { write_bits(l, op->a, op->b ? ~UINT64_C(0) : 0); }
BODY(K_S)
{
  Column *to = A;
  EACH(l, to->text[i] = op->p; to->len[i] = op->b);
}
BODY(MOV_I) { int64_t *to = A->i, *from = B->i; EACH(l, to[i] = from[i]); }
BODY(MOV_B) { write_bits(l, op->a, B->bits); }
BODY(MOV_S)
{
  Column *to = A, *from = B;
  EACH(l, to->text[i] = from->text[i]; to->len[i] = from->len[i]);
}

/* ---- the events ---- */

BODY(EV_I)
{
  int64_t *to = A->i;
  EACH(l, memcpy(&to[i], place_of(l, i, op->b), sizeof *to));
}

BODY(EV_B)
{
  uint64_t bits = 0;
  EACH(l, bits |= (uint64_t)(place_of(l, i, op->b)[0] & 1) << i);
  write_bits(l, op->a, bits);
}

BODY(EV_S)
{
  Column *to = A;
  EventText text;
  EACH(l, memcpy(&text, place_of(l, i, op->b), sizeof text); to->text[i] = event_text(l->events[i], text);
       to->len[i] = text.len);
}

BODY(EV_KNOWN)
{
  uint64_t bits = 0;
  EACH(l, bits |= (uint64_t)((place_of(l, i, op->b)[0] & op->c) != 0) << i);
  write_bits(l, op->a, bits);
}

BODY(EV_TIME)
{
  int64_t *to = A->i;
  EACH(l, to[i] = l->events[i]->time);
}

/* ---- arithmetic ---- */

#define WHOLE(N, overflows)                                                                         \
  BODY(N)                                                                                           \
  {                                                                                                 \
    int64_t *to = A->i, *b = B->i, *c = C->i, value;                                                \
    uint64_t over = 0;                                                                              \
    EACH(l, over |= (uint64_t)(overflows) << i; to[i] = value);                                     \
    fault(l, over);                                                                                 \
  }
WHOLE(ADD_I, __builtin_add_overflow(b[i], c[i], &value))
WHOLE(SUB_I, __builtin_sub_overflow(b[i], c[i], &value))
WHOLE(MUL_I, __builtin_mul_overflow(b[i], c[i], &value))
BODY(NEG_I)
{
  int64_t *to = A->i, *b = B->i, value;
  uint64_t over = 0;
  EACH(l, over |= (uint64_t)__builtin_sub_overflow(0, b[i], &value) << i; to[i] = value);
  fault(l, over);
}

#define REAL(N, result)                                                                             \
  BODY(N)                                                                                           \
  {                                                                                                 \
    double *to = A->f, *b = B->f, *c = C->f;                                                        \
    uint64_t over = 0;                                                                              \
    EACH(l, double value = (result); over |= (uint64_t)!isfinite(value) << i; to[i] = value);       \
    fault(l, over);                                                                                 \
  }
REAL(ADD_F, b[i] + c[i])
REAL(SUB_F, b[i] - c[i])
REAL(MUL_F, b[i] * c[i])
BODY(NEG_F) { double *to = A->f, *b = B->f; EACH(l, to[i] = -b[i]); }
BODY(I_TO_F)
{
  double *to = A->f;
  int64_t *b = B->i;
  EACH(l, to[i] = (double)b[i]);
}

BODY(MUL_IF)
{
  int64_t *to = A->i, *b = B->i;
  double *c = C->f;
  uint64_t over = 0;
  EACH(l, over |= (uint64_t)!scale_amount(b[i], c[i], &to[i]) << i);
  fault(l, over);
}

/* A quotient by zero is zero, and missing. */
BODY(DIV_II)
{
  int64_t *b = B->i, *c = C->i;
  double *to = A->f;
  uint64_t some = 0;
  EACH(l, int64_t by = c[i]; to[i] = by ? (double)b[i] / (double)by : 0; some |= (uint64_t)(by != 0) << i);
  write_bits(l, op->d, some);
}

BODY(DIV_FF)
{
  double *to = A->f, *b = B->f, *c = C->f;
  uint64_t some = 0, over = 0;
  EACH(l, double by = c[i]; double value = by != 0 ? b[i] / by : 0; some |= (uint64_t)(by != 0) << i;
       over |= (uint64_t)!isfinite(value) << i; to[i] = value);
  fault(l, over);
  write_bits(l, op->d, some);
}

BODY(DIV_IF)
{
  int64_t *to = A->i, *b = B->i;
  double *c = C->f;
  uint64_t some = 0, over = 0;
  EACH(l, int64_t value = 0; double by = c[i]; some |= (uint64_t)(by != 0) << i;
       over |= (uint64_t)(by != 0 && !divide_amount(b[i], by, &value)) << i; to[i] = value);
  fault(l, over);
  write_bits(l, op->d, some);
}

/* ---- comparison and truth ---- */

/* Comparing is harmless for lanes that are elsewhere. */
#define ALL(l, body)                                                                                \
  do {                                                                                              \
    for (uint32_t i = 0; i < (l)->count; i++) { body; }                                             \
  } while (0)

#define COMPARE(N, T, member, sign)                                                                 \
  BODY(N)                                                                                           \
  {                                                                                                 \
    T *b = B->member, *c = C->member;                                                               \
    uint64_t bits = 0;                                                                              \
    ALL(l, bits |= (uint64_t)(b[i] sign c[i]) << i);                                                \
    write_bits(l, op->a, bits);                                                                     \
  }
COMPARE(LT_I, int64_t, i, <)
COMPARE(LE_I, int64_t, i, <=)
COMPARE(EQ_I, int64_t, i, ==)
COMPARE(LT_F, double, f, <)
COMPARE(LE_F, double, f, <=)
COMPARE(EQ_F, double, f, ==)
BODY(EQ_B) { write_bits(l, op->a, ~(B->bits ^ C->bits)); }
BODY(NOT_B) { write_bits(l, op->a, ~B->bits); }
BODY(EQ_S)
{
  Column *b = B, *c = C;
  uint64_t bits = 0;
  EACH(l, bool same = b->len[i] == c->len[i] && same_bytes(b->text[i], c->text[i], b->len[i]);
       bits |= (uint64_t)same << i);
  write_bits(l, op->a, bits);
}

#define K(N, T, member, sign)                                                                       \
  BODY(FIELD_##N)                                                                                   \
  {                                                                                                 \
    T value, constant = op->member;                                                                 \
    uint64_t bits = 0;                                                                              \
    uint32_t field = op->b;                                                                         \
    ALL(l, memcpy(&value, place_of(l, i, field), sizeof value);                                        \
           bits |= (uint64_t)(value sign constant) << i);                                           \
    write_bits(l, op->a, bits);                                                                     \
    l->at += 2;                                                                                     \
  }                                                                                                 \
  BODY(WITH_##N)                                                                                    \
  {                                                                                                 \
    T *b = B->member, constant = op->member;                                                        \
    uint64_t bits = 0;                                                                              \
    ALL(l, bits |= (uint64_t)(b[i] sign constant) << i);                                            \
    write_bits(l, op->a, bits);                                                                     \
    l->at++;                                                                                        \
  }
VM_COMPARISONS(K)
#undef K

BODY(FIELD_EQ_S)
{
  uint64_t bits = 0;
  uint32_t len = op[1].b;
  EventText text;
  EACH(l, memcpy(&text, place_of(l, i, op->b), sizeof text);
       bool same = text.len == len && same_bytes(event_text(l->events[i], text), op->p, len);
       bits |= (uint64_t)same << i);
  write_bits(l, op->a, bits);
  l->at += 2;
}

BODY(WITH_EQ_S)
{
  Column *b = B;
  uint64_t bits = 0;
  uint32_t len = op[1].b;
  EACH(l, bits |= (uint64_t)(b->len[i] == len && same_bytes(b->text[i], op->p, len)) << i);
  write_bits(l, op->a, bits);
  l->at++;
}

/* ---- ways ---- */

static void go(Lanes *l, uint32_t further, uint64_t lanes)
{
  l->pending[l->at + further] |= l->active & lanes;
  l->active &= ~lanes;
}
BODY(JMP) { go(l, op->b, ~UINT64_C(0)); }
BODY(JT) { go(l, op->b, A->bits); }
BODY(JF) { go(l, op->b, ~A->bits); }
BODY(RET_B)
{
  l->truths |= l->active & A->bits;
  l->active = 0;
}
BODY(FAULT)
{
  (void)op;
  fault(l, l->active);
}

/* ---- built-in functions ---- */

BODY(CALL)
{
  Column *first = C;
  int64_t *to = A->i;
  uint64_t failed = 0;
  uint32_t count = builtin_info[op->b].count;
  VmValue args[BUILTIN_PARAMETERS_MAX];
  EACH(l, for (uint32_t k = 0; k < count; k++) args[k].i = first[k].i[i];
       failed |= (uint64_t)!vm_call(l->plan, (Builtin)op->b, op->d, args, &to[i]) << i);
  fault(l, failed);
}

/* ---- all of them ---- */

typedef void Body(Lanes *l, const VmOp *op);
#define DO(N) [VO_##N] = do_##N
static Body *const bodies[VO_COUNT] = {
  DO(K_I), [VO_K_F] = do_K_I, DO(K_S), DO(K_B), DO(MOV_I), [VO_MOV_F] = do_MOV_I, DO(MOV_S), DO(MOV_B),
  DO(EV_I), [VO_EV_F] = do_EV_I, DO(EV_S), DO(EV_B), DO(EV_KNOWN), DO(EV_TIME), [VO_NOW] = do_EV_TIME,
  DO(ADD_I), DO(SUB_I), DO(MUL_I), DO(NEG_I), DO(ADD_F), DO(SUB_F), DO(MUL_F), DO(NEG_F), DO(I_TO_F),
  DO(MUL_IF), DO(DIV_II), DO(DIV_FF), DO(DIV_IF),
  DO(LT_I), DO(LE_I), DO(EQ_I), DO(LT_F), DO(LE_F), DO(EQ_F), DO(EQ_B), DO(EQ_S), DO(NOT_B),
  DO(JMP), DO(JT), DO(JF), DO(RET_B), DO(FAULT),
#define K(N, T, member, sign) DO(FIELD_##N), DO(WITH_##N),
  VM_COMPARISONS(K)
#undef K
  DO(FIELD_EQ_S), DO(WITH_EQ_S), DO(CALL), [VO_CALL_CAL] = do_CALL, [VO_CALL_ZON] = do_CALL,
};

bool columns_fit(const VmFunction *function)
{
  if (function->registers > COLUMNS || function->count > COLUMN_CODE) return false;
  for (uint32_t i = 0; i < function->count; i++)
    if (!bodies[function->code[i].op]) return false;
  return true;
}

void columns_run(Lanes *l, const VmFunction *function)
{
  l->truths = l->faults = 0;
  l->active = l->all;
  for (uint32_t i = 0; i < function->count; i++) l->pending[i] = 0;
  for (l->at = 0; l->at < function->count; l->at++) {
    l->active |= l->pending[l->at];
    if (!l->active) continue;
    const VmOp *op = &function->code[l->at];
    bodies[op->op](l, op);
  }
}
