/*
 * vm_ops.h - functions made ready to run: instructions widened to what the dispatch
 * loop needs at hand.  Between the files of the interpreter only.
 *
 * Each instruction of the module becomes one VmOp at the same place, so that jumps
 * stay as they are.  Slots have become offsets in their record, by storage, constants
 * are in place.
 */
#ifndef MOT_RUNTIME_VM_OPS_H
#define MOT_RUNTIME_VM_OPS_H

#include <string.h>

#include "runtime/scene.h"
#include "runtime/vm_program.h"
#include "runtime/vm_value.h"

/* What instructions on slots of integers become where they are not stored in 64 bits. */
#define VM_EXTRA_OPS(E)                                                                             \
  E(JL_U8) E(JL_U16) E(JL_U32) E(JL_T48) E(ML_U8) E(ML_U16) E(ML_U32) E(ML_T48)                      \
  E(OL_U8) E(OL_U16) E(OL_U32) E(OL_T48) E(JS_U8) E(JS_U16) E(JS_U32) E(JS_T48)                      \
  E(MS_U8) E(MS_U16) E(MS_U32) E(MS_T48) E(EV_BIT_FAR)

/* A comparison with a constant: of a field (instead of a load, the constant and the comparison) or of a
 * register (instead of the last two).  Its result goes to a; b is the field or register, i the constant. */
#define VM_COMPARISONS(K)                                                                           \
  K(LT_I, int64_t, i, <) K(LE_I, int64_t, i, <=) K(EQ_I, int64_t, i, ==)                            \
  K(GT_I, int64_t, i, >) K(GE_I, int64_t, i, >=)                                                    \
  K(LT_F, double, f, <) K(LE_F, double, f, <=) K(EQ_F, double, f, ==)                               \
  K(GT_F, double, f, >) K(GE_F, double, f, >=)

typedef enum VmOpcode {
#define OP(N, text, a, b, c, d, contexts, synopsis) VO_##N,
#include "bytecode/ops.def"
#undef OP
#define E(N) VO_##N,
  VM_EXTRA_OPS(E)
#undef E
#define K(N, T, member, sign) VO_FIELD_##N, VO_WITH_##N,
  VM_COMPARISONS(K)
#undef K
  VO_FIELD_EQ_S,       /* p the text; its length is b of the next */
  VO_WITH_EQ_S,        /* likewise */
  VO_COUNT
} VmOpcode;

typedef struct VmOp {
  uint16_t op;         /* VmOpcode */
  uint16_t a;
  uint32_t b;          /* register (as a, c, d in bytes), offset in the record or event, way to go, operand */
  union {
    struct {
      uint32_t c, d;
    };
    int64_t i;         /* constants */
    double f;
    const void *p;     /* row of the slot, history or pattern; text */
  };
} VmOp;

_Static_assert(sizeof(VmOp) == 16, "four instructions a line of the cache");

/* What vm_run answers without the loop. */
typedef enum VmQuick {
  QUICK_NOT,
  QUICK_CONSTANT,      /* always `status` and `result` */
  QUICK_BIT,           /* the first instruction's EV_BIT is the result */
  QUICK_STATE,         /* what the one leaf holds, at b of the subject */
  QUICK_ARM,           /* nothing but the first instruction, a LEAF_ARM */
  QUICK_HIT            /* … a LEAF_HIT */
} VmQuick;

typedef struct VmFunction {
  const VmOp *code;
  uint32_t count;
  uint8_t quick;       /* VmQuick */
  uint8_t status;      /* VmStatus */
  uint16_t registers;
  bool columns;        /* it can be run over many events at once */
  VmValue result;
} VmFunction;

struct VmProgram {
  const Module *module;
  const VmFunction *functions; /* by row */
};

/* Joins what stands together often into one instruction, where nobody sees the difference: what is joined
 * stays where it is and is skipped. */
void vm_join(const VmFunction *function, const Instr *instrs, VmOp *code);

/* Whether `len` bytes are the same; most texts are short, for which a call costs more than they do. */
static inline bool same_bytes(const char *a, const char *b, uint64_t len)
{
  uint64_t a8, b8, a8_end, b8_end;
  if (len < 8) {
    while (len > 0 && a[len - 1] == b[len - 1]) len--;
    return len == 0;
  }
  if (len > 16) return memcmp(a, b, len) == 0;
  memcpy(&a8, a, 8);
  memcpy(&b8, b, 8);
  memcpy(&a8_end, a + len - 8, 8);
  memcpy(&b8_end, b + len - 8, 8);
  return ((a8 ^ b8) | (a8_end ^ b8_end)) == 0;
}

/* Runs instructions from `code` on. */
VmStatus vm_code_run(Scene *scene, const VmOp *code, VmValue *ret);

/* Whether a function can be run over many events at once (vm_columns.h). */
bool columns_fit(const VmFunction *function);

/* A built-in function of `args`, with the zone or calendar in row `carried`; false: a fault. */
bool vm_call(const Plan *plan, Builtin builtin, uint32_t carried, const VmValue *args, int64_t *ret);

#endif
