/*
 * disasm_rows.c - rows of any table, a line each, with the help of table_info.
 */
#include <string.h>

#include "bytecode/listing.h"

static int64_t row_i64(const void *row, uint32_t offset)
{
  int64_t value;
  memcpy(&value, (const char *)row + offset, sizeof value);
  return value;
}

static void put_number(Buf *out, const void *row, uint32_t offset)
{
  double value;
  memcpy(&value, (const char *)row + offset, sizeof value);
  buf_printf(out, "%g", value);
}

/* Numbers that fill their word with ones mean "none" or a negative one. */
static void put_u32(Buf *out, uint32_t value)
{
  if (value == MOT_NONE)
    buf_char(out, '-');
  else if (value > INT32_MAX)
    buf_printf(out, "%d", (int32_t)value);
  else
    buf_printf(out, "%u", value);
}

static void put_value(Listing *l, const FieldInfo *field, const void *row, uint32_t offset)
{
  uint32_t value = row_u32(row, offset);
  switch (field->kind) {
  case FIELD_STR: put_quoted(l, value, 60); break;
  case FIELD_REF:
  case FIELD_OPT: put_row_name(l, field->target, value); break;
  case FIELD_FUN:
  case FIELD_OPTFUN: put_row_name(l, SECTION_Function, value); break;
  case FIELD_ENUM: buf_text(l->out, enum_text(field->target, value)); break;
  case FIELD_RANGE: buf_printf(l->out, "%u+%u", value, row_u32(row, offset + 4)); break;
  case FIELD_I64: put_integer(l->out, row_i64(row, offset)); break;
  case FIELD_F64: put_number(l->out, row, offset); break;
  default: put_u32(l->out, value); break;
  }
}

/* What says nothing is left out: no text, nothing referred to, an empty range, zero. */
static bool says_something(const FieldInfo *field, const void *row, uint32_t offset)
{
  uint32_t value = row_u32(row, offset);
  switch (field->kind) {
  case FIELD_PAD: return false;
  case FIELD_OPT:
  case FIELD_OPTFUN: return value != MOT_NONE;
  case FIELD_REF:
  case FIELD_FUN:
  case FIELD_ENUM: return true;
  case FIELD_RANGE: return row_u32(row, offset + 4) != 0;
  case FIELD_I64:
  case FIELD_F64: return row_i64(row, offset) != 0;
  default: return value != 0;
  }
}

/* The goal of a target of numbers is one, though its field is an integer. */
static bool is_goal(const Listing *l, SectionId table, uint32_t row, const FieldInfo *field)
{
  if (table != SECTION_Target || strcmp(field->name, "goal") != 0) return false;
  uint32_t type = l->m->Target[row].type;
  return type == VALUE_NUMBER || type == VALUE_PERCENT;
}

static void list_row(Listing *l, SectionId table, uint32_t first, uint32_t number, const void *row,
                     uint32_t indent)
{
  size_t start = l->out->len;
  uint32_t offset = 0;
  buf_printf(l->out, "%*s%4u ", (int)indent, "", number);
  for (uint32_t i = 0; i < table_info[table].count; i++) {
    const FieldInfo *field = &table_info[table].fields[i];
    if (says_something(field, row, offset)) {
      if (l->out->len - start > LISTING_WIDTH - 24) {
        trim_line(l->out);
        buf_char(l->out, '\n');
        start = l->out->len;
        buf_printf(l->out, "%*s     ", (int)indent, "");
      }
      buf_printf(l->out, " %s ", field->name);
      if (is_goal(l, table, first + number, field))
        put_number(l->out, row, offset);
      else
        put_value(l, field, row, offset);
      buf_char(l->out, ' ');
    }
    offset += field_size(field->kind);
  }
  trim_line(l->out);
  buf_char(l->out, '\n');
}

void list_rows(Listing *l, SectionId table, uint32_t first, uint32_t count, uint32_t indent)
{
  uint32_t total;
  const char *rows = module_rows(l->m, table, &total);
  for (uint32_t i = 0; i < count; i++)
    list_row(l, table, first, i, rows + (size_t)(first + i) * table_info[table].row, indent);
}
