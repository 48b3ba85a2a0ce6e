/*
 * vm.c - the dispatch loop: one body an opcode.
 */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "bytecode/rounding.h"
#include "runtime/history.h"
#include "runtime/vm.h"
#include "runtime/vm_ops.h"

/* ---- bodies too long for the loop ---- */

/* Places in records and events, of which others say what lies there. */
typedef int64_t Bits64 __attribute__((may_alias));
typedef uint32_t Bits32 __attribute__((may_alias));
typedef uint16_t Bits16 __attribute__((may_alias));
typedef uint8_t Bits8;


static int64_t load_t48(const uint8_t *at, int64_t start)
{
  uint64_t since = 0;
  memcpy(&since, at, 6);
  return since == T48_NONE ? INSTANT_NONE : start + (int64_t)since;
}

static VmText load_text(const Scene *scene, const uint8_t *at)
{
  Handle handle;
  uint32_t len;
  memcpy(&handle, at, sizeof handle);
  const char *text = text_of(scene->texts, handle, &len);
  return (VmText){text, len};
}

static VmText key_text(const Scene *scene, uint32_t key)
{
  if (key == 0) return (VmText){scene->key, scene->key_len};
  uint32_t len;
  const char *text = text_of(scene->texts, *journey_key(scene->plan, scene->journey, key), &len);
  return (VmText){text, len};
}

static void store_text(Scene *scene, const VmOp *op, void *record, VmText text)
{
  scene_store_text(scene, op->p, record, text.text, (uint32_t)text.len);
}

static HistoryView history_of(const Scene *scene, const VmOp *op)
{
  return (HistoryView){scene->plan->module, op->p, scene->journey};
}

/* A silence of unknown length never ends. */
static void quiet(Scene *scene, const VmOp *op)
{
  const PatternRow *row = op->p;
  int64_t length = row->within;
  VmValue value;
  if (row->length != MOT_NONE) length = vm_run(scene, row->length, &value) == VM_DONE ? value.i : 0;
  pattern_quiet(scene, op->b, scene->now, length);
}

static bool same_text(VmText a, VmText b)
{
  return a.len == b.len && same_bytes(a.text, b.text, a.len);
}

/* ---- the loop ---- */

/* Of three values: false settles `and`, true settles `or`. */
_Static_assert(VERDICT_OPEN == 0 && VERDICT_TRUE == 1 && VERDICT_FALSE == 2, "verdicts are joined as bits");

VmStatus vm_code_run(Scene *scene, const VmOp *op, VmValue *ret)
{
  static const void *const labels[VO_COUNT] = {
#define OP(N, text, a, b, c, d, contexts, synopsis) [VO_##N] = &&do_##N,
#include "bytecode/ops.def"
#undef OP
#define E(N) [VO_##N] = &&do_##N,
    VM_EXTRA_OPS(E)
#undef E
#define K(N, T, member, sign) [VO_FIELD_##N] = &&do_FIELD_##N, [VO_WITH_##N] = &&do_WITH_##N,
    VM_COMPARISONS(K)
#undef K
    [VO_FIELD_EQ_S] = &&do_FIELD_EQ_S, [VO_WITH_EQ_S] = &&do_WITH_EQ_S,
  };
  VmValue r[MOT_REGISTERS];
  const VmOp *guard = op; /* where a fault before it leads */
  const EventData *event = scene->event;
  const uint8_t *event_bytes = (const uint8_t *)event;

#define DISPATCH() goto *labels[op->op]
#define NEXT() do { op++; DISPATCH(); } while (0)
#define REGISTER(place) (*(VmValue *)(void *)((char *)r + (place)))
#define A REGISTER(op->a)
#define B REGISTER(op->b)
#define C REGISTER(op->c)
#define D REGISTER(op->d)
#define NEED(x) do { if (__builtin_expect(!(x), 0)) goto fault; } while (0)
#define LOAD(T, base) (*(const T *)(const void *)((const uint8_t *)(base) + op->b))
#define STORE(T, base) (*(T *)(void *)((uint8_t *)(base) + op->b))
  DISPATCH();

  /* constants and moves */
do_K_I: do_K_F: A.i = op->i; NEXT();
do_K_S: A.s = (VmText){op->p, op->b}; NEXT();
do_K_B: A.i = op->b; NEXT();
do_MOV_I: do_MOV_F: do_MOV_B: A.i = B.i; NEXT();
do_MOV_S: A.s = B.s; NEXT();

  /* the event at hand */
do_EV_I: do_EV_F: do_EV_B: A.i = LOAD(Bits64, event_bytes); NEXT();
do_EV_S: {
    EventText text;
    memcpy(&text, event_bytes + op->b, sizeof text);
    A.s = (VmText){(const char *)event_bytes + text.at, text.len};
    NEXT();
  }
do_EV_KNOWN: A.i = (LOAD(Bits8, event_bytes) & op->c) != 0; NEXT();
do_EV_TIME: A.i = event ? event->time : scene->now; NEXT();
do_EV_BIT:
  NEED(!(event->faults & op->b));
  A.i = (event->truths & op->b) != 0;
  NEXT();
do_EV_BIT_FAR:
  NEED(vm_run(scene, op->b, &A) == VM_DONE);
  NEXT();

  /* records */
do_J_KEY: A.s = key_text(scene, op->b); NEXT();
do_J_START: A.i = scene->journey->start; NEXT();
#define LOADS(X, base, since) \
do_##X##_I: do_##X##_F: A.i = LOAD(Bits64, base); NEXT(); \
do_##X##_U8: do_##X##_B: A.i = LOAD(Bits8, base); NEXT(); \
do_##X##_U16: A.i = LOAD(Bits16, base); NEXT(); \
do_##X##_U32: A.i = LOAD(Bits32, base); NEXT(); \
do_##X##_T48: A.i = load_t48((const uint8_t *)(base) + op->b, since); NEXT(); \
do_##X##_S: A.s = load_text(scene, (const uint8_t *)(base) + op->b); NEXT();
#define STORES(X, base) \
do_##X##_I: do_##X##_F: STORE(Bits64, base) = A.i; NEXT(); \
do_##X##_U8: do_##X##_B: STORE(Bits8, base) = (Bits8)A.i; NEXT(); \
do_##X##_U16: STORE(Bits16, base) = (Bits16)A.i; NEXT(); \
do_##X##_U32: STORE(Bits32, base) = (Bits32)A.i; NEXT(); \
do_##X##_T48: slot_store_i(op->p, base, scene->journey->start, A.i); NEXT(); \
do_##X##_S: store_text(scene, op, base, A.s); NEXT();
  LOADS(JL, scene->journey, scene->journey->start)
  LOADS(ML, scene->subject.record, scene->journey->start)
  LOADS(OL, scene->outcome, scene->outcome_start)
  STORES(JS, scene->journey)
  STORES(MS, scene->subject.record)
do_M_OPENED: A.i = scene->subject.opened; NEXT();
do_O_OPENED: A.i = scene->outcome_opened; NEXT();
do_M_TOOK: A.i = scene->decided - scene->subject.opened; NEXT();
do_M_DEADLINE: {
    A.i = scene->deadline == INT64_MAX ? 0 : scene->deadline;
    C.i = scene->deadline != INT64_MAX;
    NEXT();
  }
do_NOW: A.i = scene->now; NEXT();

  /* arithmetic */
#define WHOLE(add) \
  do { int64_t value; NEED(!__builtin_##add##_overflow(B.i, C.i, &value)); A.i = value; } while (0)
#define REAL(x) do { double value = (x); NEED(isfinite(value)); A.f = value; } while (0)
do_ADD_I: WHOLE(add); NEXT();
do_SUB_I: WHOLE(sub); NEXT();
do_MUL_I: WHOLE(mul); NEXT();
do_NEG_I: NEED(B.i != INT64_MIN); A.i = -B.i; NEXT();
do_ADD_F: REAL(B.f + C.f); NEXT();
do_SUB_F: REAL(B.f - C.f); NEXT();
do_MUL_F: REAL(B.f * C.f); NEXT();
do_NEG_F: A.f = -B.f; NEXT();
do_I_TO_F: A.f = (double)B.i; NEXT();
do_MUL_IF: {
    int64_t value;
    NEED(scale_amount(B.i, C.f, &value));
    A.i = value;
    NEXT();
  }
do_DIV_II: {
    int64_t by = C.i;
    A.f = by ? (double)B.i / (double)by : 0;
    D.i = by != 0;
    NEXT();
  }
do_DIV_FF: {
    double by = C.f;
    REAL(by != 0 ? B.f / by : 0);
    D.i = by != 0;
    NEXT();
  }
do_DIV_IF: {
    double by = C.f;
    int64_t value = 0;
    NEED(by == 0 || divide_amount(B.i, by, &value));
    A.i = value;
    D.i = by != 0;
    NEXT();
  }

  /* comparison and truth */
do_LT_I: A.i = B.i < C.i; NEXT();
do_LE_I: A.i = B.i <= C.i; NEXT();
do_EQ_I: do_EQ_B: A.i = B.i == C.i; NEXT();
do_LT_F: A.i = B.f < C.f; NEXT();
do_LE_F: A.i = B.f <= C.f; NEXT();
do_EQ_F: A.i = B.f == C.f; NEXT();
do_EQ_S: A.i = same_text(B.s, C.s); NEXT();
do_NOT_B: A.i = !B.i; NEXT();
#define SKIP(n) do { op += (n); DISPATCH(); } while (0)
#define K(N, T, member, sign) \
do_FIELD_##N: { \
    T value; \
    memcpy(&value, event_bytes + op->b, sizeof value); \
    A.i = value sign op->member; \
    SKIP(3); \
  } \
do_WITH_##N: A.i = B.member sign op->member; SKIP(2);
  VM_COMPARISONS(K)
#undef K
do_FIELD_EQ_S: {
    EventText text;
    memcpy(&text, event_bytes + op->b, sizeof text);
    A.i = same_text((VmText){(const char *)event_bytes + text.at, text.len}, (VmText){op->p, op[1].b});
    SKIP(3);
  }
do_WITH_EQ_S: A.i = same_text(B.s, (VmText){op->p, op[1].b}); SKIP(2);
do_JMP: op += op->b; DISPATCH();
do_JT: op += A.i ? op->b : 1; DISPATCH();
do_JF: op += A.i ? 1 : op->b; DISPATCH();
do_TRY: guard = op + op->b; NEXT();

  /* built-in functions */
do_CALL: do_CALL_CAL: do_CALL_ZON: {
    int64_t value;
    NEED(vm_call(scene->plan, (Builtin)op->b, op->d, &C, &value));
    A.i = value;
    NEXT();
  }

  /* histories; their second register stands in b */
do_H_PUSH: NEED(history_push(history_of(scene, op), scene->now, (HistoryValue){0})); NEXT();
do_H_PUSH_I: NEED(history_push(history_of(scene, op), scene->now, (HistoryValue){.i = A.i})); NEXT();
do_H_PUSH_F: NEED(history_push(history_of(scene, op), scene->now, (HistoryValue){.f = A.f})); NEXT();
do_H_COUNT: NEED(history_count(history_of(scene, op), scene->now, &A.i)); NEXT();
do_H_GET_I: do_H_GET_F: {
    HistoryValue value;
    bool known;
    NEED(history_get(history_of(scene, op), scene->now, &value, &known));
    A.i = value.i;
    B.i = known;
    NEXT();
  }

  /* patterns */
do_P_COUNT: A.i = pattern_count(scene, op->b); NEXT();
do_P_STEP: A.i = pattern_step(scene, op->b, op->c); NEXT();
do_P_QUIET: quiet(scene, op); NEXT();
do_P_ARM_I: NEED(pattern_arm(scene, op->b, op->c, A.i)); NEXT();

  /* conditions */
do_LEAF_IS: leaf_is(scene, op->b, A.i != 0); NEXT();
do_LEAF_ARM: NEED(leaf_arm(scene, op->b, op->c)); NEXT();
do_LEAF_ARM_I: NEED(leaf_arm_dynamic(scene, op->b, op->c, A.i)); NEXT();
do_LEAF_MOVE: leaf_move(scene, op->b, op->c, A.i); NEXT();
do_LEAF_OPEN: A.i = leaf_waits(scene, op->b, op->c); NEXT();
do_LEAF_HIT: {
    bool taken;
    NEED(leaf_hit(scene, op->b, op->c, &taken));
    A.i = taken;
    NEXT();
  }
do_LEAF_GET: A.i = leaf_get(scene, op->b); NEXT();
do_AND_T: A.i = ((B.i | C.i) & VERDICT_FALSE) | (B.i & C.i & VERDICT_TRUE); NEXT();
do_OR_T: A.i = ((B.i | C.i) & VERDICT_TRUE) | (B.i & C.i & VERDICT_FALSE); NEXT();
do_NOT_T: A.i = (B.i & 1) << 1 | B.i >> 1; NEXT();

  /* aggregates */
do_AGG_F: do_AGG_I: {
    Aggregated value = scene->group->get(scene->group, op->b);
    if (op->op == VO_AGG_F)
      A.f = value.f;
    else
      A.i = value.i;
    C.i = value.known;
    NEXT();
  }

  /* ends; handlers were taken apart by the plan and never come here */
do_OPEN: ret->i = op->b; return VM_OPENS;
do_RET: return VM_DONE;
do_RET_B: do_RET_I: do_RET_F: do_RET_T: ret->i = A.i; return VM_DONE;
do_RET_S: ret->s = A.s; return VM_DONE;
do_RET_NONE: return VM_MISSING;
do_X_HIST: do_X_VOID: do_X_MVOID: do_X_PAUSE: do_X_TEST: do_X_CTEST: do_X_CVOID: do_X_OPEN:
do_X_SCO: do_X_ENDS: do_X_STARTS:
  assert(!"a handler is not run");
do_FAULT:
fault:
  if (op >= guard) return VM_FAULT;
  if (scene->faults) ++*scene->faults;
  op = guard;
  DISPATCH();
}

/* ---- the entry ---- */

VmStatus vm_run(Scene *scene, uint32_t number, VmValue *ret)
{
  const VmFunction *function = &scene->plan->program->functions[number];
  const VmOp *op = function->code;
  bool taken;
  if (function->quick == QUICK_NOT) return vm_code_run(scene, op, ret);
  switch ((VmQuick)function->quick) {
  case QUICK_CONSTANT: *ret = function->result; return (VmStatus)function->status;
  case QUICK_STATE: ret->i = scene->subject.record[op->b]; return VM_DONE;
  case QUICK_BIT:
    ret->i = (scene->event->truths & op->b) != 0;
    return scene->event->faults & op->b ? VM_FAULT : VM_DONE;
  case QUICK_ARM: return leaf_arm(scene, op->b, op->c) ? VM_DONE : VM_FAULT;
  default: return leaf_hit(scene, op->b, op->c, &taken) ? VM_DONE : VM_FAULT;
  }
}
