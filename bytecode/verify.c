/*
 * verify.c - the verifier: its order, the texts, and what tables.def says of
 * every field.
 */
#include "bytecode/verify.h"

#include <math.h>
#include <string.h>

/* ---- what the parts share ---- */

ValueClass value_class(uint32_t value)
{
  static const uint8_t classes[VALUE_END] = {
    [VALUE_BOOL] = CLASS_B,    [VALUE_INT] = CLASS_I,   [VALUE_NUMBER] = CLASS_F, [VALUE_PERCENT] = CLASS_F,
    [VALUE_TEXT] = CLASS_S,    [VALUE_ID] = CLASS_S,    [VALUE_TIME] = CLASS_I,   [VALUE_DURATION] = CLASS_I,
    [VALUE_MONEY] = CLASS_I,   [VALUE_LISTED] = CLASS_I,
  };
  return classes[value];
}

ValueClass storage_class(uint32_t storage)
{
  static const uint8_t classes[STORAGE_END] = {
    [STORAGE_BOOL] = CLASS_B, [STORAGE_U8] = CLASS_I,  [STORAGE_U16] = CLASS_I,    [STORAGE_U32] = CLASS_I,
    [STORAGE_I64] = CLASS_I,  [STORAGE_F64] = CLASS_F, [STORAGE_STRING] = CLASS_S, [STORAGE_T48] = CLASS_I,
  };
  return classes[storage];
}

bool need(Place at, bool ok, const char *field, const char *what)
{
  return ok || module_fail(at.v->error, "%s[%u].%s: %s", table_info[at.table].text, at.row, field, what);
}

bool verify_each(Verifier *v, const TableCheck *checks, size_t count)
{
  for (size_t i = 0; i < count; i++) {
    Place at = {v, checks[i].table, 0};
    uint32_t rows;
    module_rows(v->module, at.table, &rows);
    for (; at.row < rows; at.row++)
      if (!checks[i].check(at)) return false;
  }
  return true;
}

/* ---- texts: UTF-8 (RFC 3629) without NUL ---- */

/* Length of the well-formed sequence at `s`, which a NUL ends; 0: malformed. */
static unsigned utf8_length(const unsigned char *s)
{
  static const uint32_t smallest[5] = {0, 0, 0x80, 0x800, 0x10000};
  unsigned len = s[0] < 0x80 ? 1 : s[0] >= 0xc2 && s[0] < 0xe0 ? 2 : (s[0] & 0xf0) == 0xe0 ? 3
    : s[0] >= 0xf0 && s[0] < 0xf5 ? 4 : 0;
  if (len < 2) return len;
  uint32_t code = s[0] & (0x7fu >> len);
  for (unsigned i = 1; i < len; i++) {
    if ((s[i] & 0xc0) != 0x80) return 0;
    code = code << 6 | (s[i] & 0x3fu);
  }
  return code < smallest[len] || code > 0x10ffff || (code >= 0xd800 && code < 0xe000) ? 0 : len;
}

bool verify_strings(Verifier *v)
{
  const Module *module = v->module;
  for (uint32_t i = 0; i < module->string_count; i++) {
    uint32_t len;
    const unsigned char *text = (const void *)module_string(module, i, &len);
    for (const unsigned char *end = text + len; text < end;) {
      unsigned step = *text == 0 ? 0 : utf8_length(text);
      if (step == 0) return module_fail(v->error, "strings[%u]: not UTF-8 text", i);
      text += step;
    }
  }
  return true;
}

/* ---- rows ---- */

typedef struct RowCheck {
  const Module *module;
  ModuleError *error;
  SectionId table;
  uint32_t row;
  const FieldInfo *field;
} RowCheck;

static bool field_fail(const RowCheck *at, const char *what)
{
  return module_fail(at->error, "%s[%u].%s: %s", table_info[at->table].text, at->row, at->field->name, what);
}

static bool out_of_table(const RowCheck *at, uint64_t end, uint32_t count)
{
  return module_fail(at->error, "%s[%u].%s: reaches row %llu of %s, which has %u", table_info[at->table].text,
                     at->row, at->field->name, (unsigned long long)end, table_info[at->field->target].text,
                       count);
}

static bool check_row_number(const RowCheck *at, uint32_t value)
{
  uint32_t count;
  module_rows(at->module, at->field->target, &count);
  return value < count || out_of_table(at, value, count);
}

static bool check_range(const RowCheck *at, uint32_t first, uint32_t len)
{
  uint32_t count;
  module_rows(at->module, at->field->target, &count);
  uint64_t end = (uint64_t)first + len;
  return end <= count || out_of_table(at, end, count);
}

static bool check_function(const RowCheck *at, uint32_t value)
{
  if (value >= at->module->Function_count) return field_fail(at, "there is no such function");
  if (at->module->Function[value].kind == at->field->target) return true;
  return module_fail(at->error, "%s[%u].%s: function %u is no %s", table_info[at->table].text, at->row,
                     at->field->name, value, function_kind_info[at->field->target].name);
}

static bool check_number(const RowCheck *at, const void *place)
{
  double value;
  memcpy(&value, place, sizeof value);
  return isfinite(value) || field_fail(at, "not a finite number");
}

static bool check_field(const RowCheck *at, const void *row, uint32_t offset)
{
  uint32_t value = row_u32(row, offset);
  switch (at->field->kind) {
  case FIELD_STR: return value < at->module->string_count || field_fail(at, "there is no such text");
  case FIELD_REF: return check_row_number(at, value);
  case FIELD_OPT: return value == MOT_NONE || check_row_number(at, value);
  case FIELD_RANGE: return check_range(at, value, row_u32(row, offset + 4));
  case FIELD_FUN: return check_function(at, value);
  case FIELD_OPTFUN: return value == MOT_NONE || check_function(at, value);
  case FIELD_ENUM:
    return value < enum_info[at->field->target].count || field_fail(at, "not a value of its list");
  case FIELD_FLAG: return value <= 1 || field_fail(at, "neither 0 nor 1");
  case FIELD_F64: return check_number(at, (const char *)row + offset);
  case FIELD_PAD: return value == 0 || field_fail(at, "filling that is not 0");
  default: return true;
  }
}

static bool verify_row(RowCheck *at, const void *row)
{
  const TableInfo *info = &table_info[at->table];
  uint32_t offset = 0;
  for (uint32_t i = 0; i < info->count; i++) {
    at->field = &info->fields[i];
    if (!check_field(at, row, offset)) return false;
    offset += field_size(at->field->kind);
  }
  return true;
}

bool verify_rows(Verifier *v)
{
  RowCheck at = {.module = v->module, .error = v->error};
  for (at.table = SECTION_STRINGS + 1; at.table < SECTION_CODE; at.table++) {
    uint32_t count;
    const char *rows = module_rows(v->module, at.table, &count);
    for (at.row = 0; at.row < count; at.row++)
      if (!verify_row(&at, rows + (size_t)at.row * table_info[at.table].row)) return false;
  }
  return true;
}

/* ---- all of it ---- */

bool module_verify(const Module *module, Arena *scratch, ModuleError *error)
{
  Verifier v = {.module = module, .scratch = scratch, .error = error};
  return verify_strings(&v) && verify_rows(&v) && verify_owned(&v) && verify_facts(&v) && verify_layouts(&v)
    && verify_functions(&v) && verify_measures(&v) && verify_code(&v) && verify_handlers(&v);
}
