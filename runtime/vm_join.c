/*
 * vm_join.c - what stands together often, as one instruction.
 *
 * `score >= 9` is three: the field, the constant, the comparison.  They become one
 * when nobody reads the registers of the first two any more and nobody jumps
 * between them.
 */
#include "bytecode/names.h"
#include "runtime/vm_ops.h"

enum { JOIN_CODE = 256, JOIN_REGISTERS = 64 };

typedef struct Join {
  const Instr *instrs;
  uint32_t count;
  uint64_t live[JOIN_CODE + 1];  /* by instruction: registers read from there on before they are written */
  bool target[JOIN_CODE];        /* somebody jumps there */
} Join;

/* ---- who is read ---- */

static uint64_t registers_of(Instr instr, uint32_t first, uint32_t last)
{
  uint64_t set = 0;
  for (unsigned which = 0; which < 4; which++) {
    uint32_t kind = op_info[instr.op].operands[which];
    if (kind >= first && kind <= last) set |= UINT64_C(1) << instr_operand(instr, which);
  }
  return set;
}

static uint64_t read_by(Instr instr)
{
  uint64_t set = registers_of(instr, OPERAND_RB, OPERAND_RT);
  bool call = instr.op == OP_CALL || instr.op == OP_CALL_CAL || instr.op == OP_CALL_ZON;
  for (uint32_t i = 0; call && i < builtin_info[instr.b].count; i++) set |= UINT64_C(1) << (instr.c + i);
  return set;
}

static bool ends(uint32_t op)
{
  return op == OP_OPEN || (op >= OP_RET && op <= OP_FAULT);
}

/* Backwards: whoever is jumped to stands behind. */
static void look(Join *join)
{
  for (uint32_t i = join->count; i-- > 0;) {
    Instr instr = join->instrs[i];
    uint64_t after = ends(instr.op) || instr.op == OP_JMP ? 0 : join->live[i + 1];
    if (op_jumps(instr.op)) {
      after |= join->live[i + instr.d];
      join->target[i + instr.d] = true;
    }
    join->live[i] = (after & ~registers_of(instr, OPERAND_WB, OPERAND_WT)) | read_by(instr);
  }
}

/* ---- comparisons with a constant ---- */

/* The joined comparison of what is on the left (`swapped`: on the right) of the constant. */
static uint32_t joined_op(uint32_t compare, bool swapped, bool field)
{
#define WAYS(N, M) \
  case OP_##N: return field ? (swapped ? VO_FIELD_##M : VO_FIELD_##N) : (swapped ? VO_WITH_##M : VO_WITH_##N);
  switch (compare) {
    WAYS(LT_I, GT_I)
    WAYS(LE_I, GE_I)
    WAYS(EQ_I, EQ_I)
    WAYS(LT_F, GT_F)
    WAYS(LE_F, GE_F)
    WAYS(EQ_F, EQ_F)
  default: return VO_COUNT;
  }
#undef WAYS
}

static bool is_constant(uint32_t op)
{
  return op == OP_K_I || op == OP_K_F;
}

static bool is_field(uint32_t op)
{
  return op == OP_EV_I || op == OP_EV_F;
}

/* Nobody reads `reg` behind the comparison at `at`. */
static bool gone(const Join *join, uint32_t reg, uint32_t at)
{
  return reg == join->instrs[at].a || !(join->live[at + 1] >> reg & 1);
}

/* The comparison of these two registers, in either order. */
static bool compares(Instr compare, uint32_t one, uint32_t other)
{
  return one != other
    && ((compare.b == one && compare.c == other) || (compare.b == other && compare.c == one));
}

/* Constant and comparison at `i`. */
static bool join_constant(const Join *join, uint32_t i, VmOp *code)
{
  Instr constant = join->instrs[i], compare = join->instrs[i + 1];
  if (!is_constant(constant.op) || join->target[i + 1] || !gone(join, constant.a, i + 1)) return false;
  bool swapped = compare.b == constant.a;
  uint32_t op = joined_op(compare.op, swapped, false);
  uint32_t other = swapped ? compare.c : compare.b;
  if (op == VO_COUNT || !compares(compare, constant.a, other)) return false;
  code[i].op = (uint16_t)op;
  code[i].a = code[i + 1].a;
  code[i].b = swapped ? code[i + 1].c : code[i + 1].b; /* its place in bytes */
  return true;
}

/* Likewise of a text; its length moves into what is skipped. */
static bool join_text_constant(const Join *join, uint32_t i, VmOp *code)
{
  Instr constant = join->instrs[i], compare = join->instrs[i + 1];
  if (constant.op != OP_K_S || compare.op != OP_EQ_S || join->target[i + 1]) return false;
  bool swapped = compare.b == constant.a;
  uint32_t other = swapped ? compare.c : compare.b;
  if (!gone(join, constant.a, i + 1) || !compares(compare, constant.a, other)) return false;
  uint32_t len = code[i].b;
  code[i].op = VO_WITH_EQ_S;
  code[i].a = code[i + 1].a;
  code[i].b = swapped ? code[i + 1].c : code[i + 1].b;
  code[i + 1].b = len;
  return true;
}

/* Field, constant (or the other way round) and comparison at `i`. */
static bool join_field(const Join *join, uint32_t i, VmOp *code)
{
  Instr one = join->instrs[i], two = join->instrs[i + 1], compare = join->instrs[i + 2];
  bool first = is_field(one.op) && is_constant(two.op);
  if (!first && !(is_constant(one.op) && is_field(two.op))) return false;
  if (join->target[i + 1] || join->target[i + 2]) return false;
  if (!gone(join, one.a, i + 2) || !gone(join, two.a, i + 2)) return false;
  uint32_t field = first ? one.a : two.a, constant = first ? two.a : one.a;
  bool swapped = compare.b == constant;
  uint32_t op = joined_op(compare.op, swapped, true);
  if (op == VO_COUNT || !compares(compare, field, constant)) return false;
  VmOp joined = {.op = (uint16_t)op, .a = code[i + 2].a, .b = first ? code[i].b : code[i + 1].b};
  joined.i = first ? code[i + 1].i : code[i].i;
  code[i] = joined;
  return true;
}

static bool join_text(const Join *join, uint32_t i, VmOp *code)
{
  Instr field = join->instrs[i], constant = join->instrs[i + 1], compare = join->instrs[i + 2];
  if (field.op != OP_EV_S || constant.op != OP_K_S || compare.op != OP_EQ_S) return false;
  if (join->target[i + 1] || join->target[i + 2] || !compares(compare, field.a, constant.a)) return false;
  if (!gone(join, field.a, i + 2) || !gone(join, constant.a, i + 2)) return false;
  code[i].op = VO_FIELD_EQ_S;
  code[i].a = code[i + 2].a;
  code[i].p = code[i + 1].p;
  return true;
}

/* A fault may lead from anywhere to where registers are read. */
static bool tries(const VmFunction *function, const Instr *instrs)
{
  for (uint32_t i = 0; i < function->count; i++)
    if (instrs[i].op == OP_TRY) return true;
  return false;
}

void vm_join(const VmFunction *function, const Instr *instrs, VmOp *code)
{
  if (function->count > JOIN_CODE || function->registers > JOIN_REGISTERS || tries(function, instrs)) return;
  Join join = {.instrs = instrs, .count = function->count};
  look(&join);
  for (uint32_t i = 0; i + 1 < function->count; i++) {
    bool three = i + 2 < function->count;
    if (three && (join_field(&join, i, code) || join_text(&join, i, code)))
      i += 2;
    else if (join_constant(&join, i, code) || join_text_constant(&join, i, code))
      i++;
  }
}
