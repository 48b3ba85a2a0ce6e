/* names.c - the .def files once more, read as data. */
#include "bytecode/names.h"

#include <stddef.h>

/* ---- instructions and functions ---- */

enum { E = CONTEXT_EVENT, J = CONTEXT_JOURNEY, S = CONTEXT_SUBJECT, C = CONTEXT_CONDITION,
       O = CONTEXT_OUTCOME, H = CONTEXT_HANDLER, G = CONTEXT_GROUP };

const OpInfo op_info[OP_COUNT] = {
#define OP(N, text, a, b, c, d, at_hand, words) \
  [OP_##N] = {text, words, {OPERAND_##a, OPERAND_##b, OPERAND_##c, OPERAND_##d}, at_hand},
#include "bytecode/ops.def"
#undef OP
};

const char *const operand_names[OPERAND_END] = {
#define K(kind) #kind,
  OPERAND_KINDS(K)
#undef K
};

const FunctionKindInfo function_kind_info[FUNCTION_END] = {
#define FUNC(N, text, at_hand, ends, words) [FUNCTION_##N] = {text, #ends, words, at_hand},
#include "bytecode/functions.def"
#undef FUNC
};

/* ---- built-ins ---- */

enum { TIME = VALUE_TIME, INT = VALUE_INT, DURATION = VALUE_DURATION };
enum { ZONE = NEEDS_ZONE, CALENDAR = NEEDS_CALENDAR };

#define UNPACK(...) __VA_ARGS__
const BuiltinInfo builtin_info[BUILTIN_END] = {
#define BUILTIN(ID, text, returns, types, carried, words) \
  [BUILTIN_##ID] = {#text, words, returns, {UNPACK types}, sizeof((uint8_t[]){UNPACK types}), carried},
#include "bytecode/builtins.def"
};

/* ---- listed values ---- */

#define LIST(N) static const char *const texts_##N[] = {
#define ITEM(N, V, text) text,
#define DONE(N) };
#include "bytecode/enums.def"
#undef LIST
#undef ITEM
#undef DONE

static const char *const texts_FUNCTION[] = {
#define FUNC(N, text, at_hand, ends, words) text,
#include "bytecode/functions.def"
#undef FUNC
};

const EnumInfo enum_info[ENUM_COUNT] = {
#define LIST(N) [ENUM_##N] = {#N, texts_##N, N##_END},
#define ITEM(N, V, text)
#define DONE(N)
#include "bytecode/enums.def"
#undef LIST
#undef ITEM
#undef DONE
  [ENUM_FUNCTION] = {"FUNCTION", texts_FUNCTION, FUNCTION_END},
};

const char *enum_text(EnumId id, uint32_t value)
{
  return value < enum_info[id].count ? enum_info[id].texts[value] : "?";
}

/* ---- tables ---- */

#define TABLE(N, text) static const FieldInfo fields_##N[] = {
#define STR(f) {#f, FIELD_STR, 0},
#define REF(f, T) {#f, FIELD_REF, SECTION_##T},
#define OPT(f, T) {#f, FIELD_OPT, SECTION_##T},
#define RANGE(f, T) {#f, FIELD_RANGE, SECTION_##T},
#define FUN(f, K) {#f, FIELD_FUN, FUNCTION_##K},
#define OPTFUN(f, K) {#f, FIELD_OPTFUN, FUNCTION_##K},
#define ENUM(f, L) {#f, FIELD_ENUM, ENUM_##L},
#define FLAG(f) {#f, FIELD_FLAG, 0},
#define U32(f) {#f, FIELD_U32, 0},
#define I64(f) {#f, FIELD_I64, 0},
#define F64(f) {#f, FIELD_F64, 0},
#define PAD(f) {#f, FIELD_PAD, 0},
#define END(N) };
#include "bytecode/tables.def"
#include "bytecode/tables_undef.h"

/* A row is its fields and nothing between them: whoever walks the fields adds up their sizes. */
#define TABLE(N, text) _Static_assert(sizeof(N##Row) % 8 == 0 && sizeof(N##Row) == 0
#define STR(f) +4
#define REF(f, T) +4
#define OPT(f, T) +4
#define RANGE(f, T) +8
#define FUN(f, K) +4
#define OPTFUN(f, K) +4
#define ENUM(f, L) +4
#define FLAG(f) +4
#define U32(f) +4
#define I64(f) +8
#define F64(f) +8
#define PAD(f) +4
#define END(N) , "a row has no holes");
#include "bytecode/tables.def"
#include "bytecode/tables_undef.h"

const TableInfo table_info[SECTION_COUNT] = {
  [SECTION_STRINGS] = {"String", "strings", NULL, 0, 0},
#define TABLE(N, text) \
  [SECTION_##N] = {#N, text, fields_##N, sizeof fields_##N / sizeof *fields_##N, sizeof(N##Row)},
#include "bytecode/tables_only.h"
  [SECTION_CODE] = {"Code", "code", NULL, 0, sizeof(Instr)},
};

const char *const field_kind_names[FIELD_PAD + 1] = {
  "STR", "REF", "OPT", "RANGE", "FUN", "OPTFUN", "ENUM", "FLAG", "U32", "I64", "F64", "PAD",
};

/* ---- slots ---- */

uint32_t storage_size(uint32_t storage)
{
  static const uint8_t sizes[STORAGE_END] = {1, 1, 2, 4, 8, 8, 4, 6, 0, 0};
  return storage < STORAGE_END ? sizes[storage] : 0;
}

uint32_t storage_align(uint32_t storage)
{
  static const uint8_t aligns[STORAGE_END] = {1, 1, 2, 4, 8, 8, 4, 2, 1, 1};
  return storage < STORAGE_END ? aligns[storage] : 1;
}
