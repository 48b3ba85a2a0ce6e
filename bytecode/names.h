/*
 * names.h - what the .def files say, as data: for the verifier, the listing and
 * the reference page.
 */
#ifndef MOT_BYTECODE_NAMES_H
#define MOT_BYTECODE_NAMES_H

#include <stdbool.h>

#include "bytecode/format.h"

/* What must be at hand (the letters of ops.def), as bits. */
enum {
  CONTEXT_EVENT = 1, CONTEXT_JOURNEY = 2, CONTEXT_SUBJECT = 4, CONTEXT_CONDITION = 8, CONTEXT_OUTCOME = 16,
  CONTEXT_HANDLER = 32, CONTEXT_GROUP = 64
};

/* ---- instructions ---- */

/* The kinds of ops.def, in the order in which it explains them. */
#define OPERAND_KINDS(K)                                                                             \
  K(__) K(WB) K(WI) K(WF) K(WS) K(WT) K(RB) K(RI) K(RF) K(RS) K(RT) K(KI) K(KF) K(STR) K(IMM)         \
  K(EVB) K(EVI) K(EVF) K(EVS) K(EVX) K(PRD) K(JSB) K(JSI) K(JSF) K(JSS) K(MSB) K(MSI) K(MSF) K(MSS)   \
  K(OSB) K(OSI) K(OSF) K(OSS) K(LEF) K(STP) K(HIS) K(PAT) K(CHO) K(AGG) K(KEY) K(MOT) K(COR) K(FN) K(BLT)    \
  K(ZON) K(CAL) K(HI) K(FWD)
typedef enum OperandKind {
#define K(kind) OPERAND_##kind,
  OPERAND_KINDS(K)
#undef K
  OPERAND_END
} OperandKind;

typedef struct OpInfo {
  const char *name, *synopsis;
  uint8_t operands[4]; /* OperandKind of a, b, c, d */
  uint8_t contexts;    /* CONTEXT_ bits */
} OpInfo;

extern const OpInfo op_info[OP_COUNT];
extern const char *const operand_names[OPERAND_END];
/* May the way go d further from it? */
static inline bool op_jumps(uint32_t op)
{
  return op_info[op].operands[3] == OPERAND_FWD;
}
/* Operand 0 … 3 of an instruction (its op is one), with its high part where the operation has one. */
static inline uint32_t instr_operand(Instr instr, unsigned which)
{
  const uint8_t *kinds = op_info[instr.op].operands;
  uint32_t of_b = kinds[0] == OPERAND_HI ? instr.a : kinds[2] == OPERAND_HI ? instr.c : 0;
  uint32_t of_c = kinds[3] == OPERAND_HI ? instr.d : 0;
  return which == 0 ? instr.a : which == 1 ? instr.b | of_b << 16 : which == 2 ? instr.c | of_c << 16 : instr.d;
}

/* ---- functions ---- */

typedef struct FunctionKindInfo {
  const char *name, *results, *synopsis; /* results: the letters of functions.def */
  uint8_t contexts;
} FunctionKindInfo;

extern const FunctionKindInfo function_kind_info[FUNCTION_END];

/* ---- built-ins ---- */

enum { BUILTIN_PARAMETERS_MAX = 4 };
typedef enum BuiltinNeeds { NEEDS_NOTHING, NEEDS_ZONE, NEEDS_CALENDAR } BuiltinNeeds;

typedef struct BuiltinInfo {
  const char *name, *synopsis;
  uint8_t result;                             /* VALUE_ */
  uint8_t parameters[BUILTIN_PARAMETERS_MAX]; /* VALUE_, then VALUE_NONE */
  uint8_t count;
  uint8_t needs;
} BuiltinInfo;

extern const BuiltinInfo builtin_info[BUILTIN_END];

/* ---- listed values ---- */

typedef enum EnumId {
#define LIST(N) ENUM_##N,
#define ITEM(N, V, text)
#define DONE(N)
#include "bytecode/enums.def"
#undef LIST
#undef ITEM
#undef DONE
  ENUM_FUNCTION, /* the kinds of functions.def */
  ENUM_COUNT
} EnumId;

typedef struct EnumInfo {
  const char *name;
  const char *const *texts;
  uint32_t count;
} EnumInfo;

extern const EnumInfo enum_info[ENUM_COUNT];
/* The text of a value, "?" when there is none such. */
const char *enum_text(EnumId id, uint32_t value);

/* ---- tables ---- */

typedef enum FieldKind {
  FIELD_STR, FIELD_REF, FIELD_OPT, FIELD_RANGE, FIELD_FUN, FIELD_OPTFUN, FIELD_ENUM, FIELD_FLAG, FIELD_U32,
  FIELD_I64, FIELD_F64, FIELD_PAD
} FieldKind;

typedef struct FieldInfo {
  const char *name;
  uint8_t kind;    /* FieldKind */
  uint8_t target;  /* REF, OPT, RANGE: SectionId; FUN, OPTFUN: FunctionKind; ENUM: EnumId */
} FieldInfo;

typedef struct TableInfo {
  const char *name, *text; /* "Mot", "mots" */
  const FieldInfo *fields;
  uint32_t count, row;     /* fields; bytes of a row */
} TableInfo;

/* By SectionId; strings and code have a name and no fields. */
extern const TableInfo table_info[SECTION_COUNT];
extern const char *const field_kind_names[FIELD_PAD + 1];

/* Bytes of a field; a row is its fields one after the other. */
static inline uint32_t field_size(uint32_t kind)
{
  return kind == FIELD_RANGE || kind == FIELD_I64 || kind == FIELD_F64 ? 8 : 4;
}
/* The u32 at `offset` of a row. */
static inline uint32_t row_u32(const void *row, uint32_t offset)
{
  return *(const uint32_t *)(const void *)((const char *)row + offset);
}

/* ---- slots ---- */

/* Bytes of a storage (0 for RING: its row says them) and its alignment. */
uint32_t storage_size(uint32_t storage);
uint32_t storage_align(uint32_t storage);

#endif
