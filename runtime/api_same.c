/*
 * api_same.c - whether two rules mean the same, through the library: their modules side by side.
 */
#include <string.h>

#include "bytecode/names.h"
#include "runtime/run.h"
#include "mot/tools.h"

/* ---- what says nothing about the meaning ---- */

typedef struct Aside {
  uint8_t table;     /* SectionId */
  const char *field; /* NULL: all of them */
} Aside;

static const Aside asides[] = {
  {SECTION_Source, NULL},          {SECTION_Line, NULL},     {SECTION_Clause, NULL},
  {SECTION_Experience, "clauses"}, {SECTION_Mot, "clauses"}, {SECTION_Meta, "hash_low"},
  {SECTION_Meta, "hash_high"},     {SECTION_Target, "text"}, {SECTION_Test, "source"},
  {SECTION_Test, "start"},         {SECTION_Test, "end"},    {SECTION_TestStep, "start"},
  {SECTION_Expect, "start"},
};

static bool is_aside(SectionId table, const char *field)
{
  for (size_t i = 0; i < sizeof asides / sizeof *asides; i++) {
    if (asides[i].table != table) continue;
    if (!asides[i].field || (field && strcmp(asides[i].field, field) == 0)) return true;
  }
  return false;
}

/* ---- tables ---- */

typedef struct Pair {
  const Module *a, *b;
} Pair;

static bool same_string(Pair pair, uint32_t of_a, uint32_t of_b)
{
  uint32_t size_a, size_b;
  const char *a = module_string(pair.a, of_a, &size_a), *b = module_string(pair.b, of_b, &size_b);
  return size_a == size_b && memcmp(a, b, size_a) == 0;
}

/* One field of all rows. */
static bool same_column(Pair pair, const void *a, const void *b, uint32_t count, uint32_t row,
                        uint32_t offset, uint32_t kind)
{
  uint32_t size = field_size(kind);
  for (uint32_t i = 0; i < count; i++) {
    const char *at_a = (const char *)a + (size_t)i * row + offset,
               *at_b = (const char *)b + (size_t)i * row + offset;
    bool same = kind == FIELD_STR ? same_string(pair, row_u32(at_a, 0), row_u32(at_b, 0))
                                  : memcmp(at_a, at_b, size) == 0;
    if (!same) return false;
  }
  return true;
}

static bool same_table(Pair pair, SectionId table)
{
  uint32_t count_a, count_b, offset = 0;
  const TableInfo *info = &table_info[table];
  const void *a = module_rows(pair.a, table, &count_a), *b = module_rows(pair.b, table, &count_b);
  if (is_aside(table, NULL)) return true;
  if (count_a != count_b) return false;
  for (uint32_t i = 0; i < info->count; i++) {
    const FieldInfo *field = &info->fields[i];
    if (!is_aside(table, field->name) && !same_column(pair, a, b, count_a, info->row, offset, field->kind))
      return false;
    offset += field_size(field->kind);
  }
  return true;
}

/* ---- code ---- */

/* Equal texts may have other numbers. */
static bool same_instr(Pair pair, Instr a, Instr b)
{
  if (memcmp(&a, &b, sizeof a) == 0 && op_info[a.op].operands[1] != OPERAND_STR) return true;
  bool texts = a.op == b.op && a.a == b.a && op_info[a.op].operands[1] == OPERAND_STR;
  return texts && same_string(pair, instr_operand(a, 1), instr_operand(b, 1));
}

static bool same_code(Pair pair)
{
  if (pair.a->code_count != pair.b->code_count) return false;
  for (uint32_t i = 0; i < pair.a->code_count; i++)
    if (!same_instr(pair, pair.a->code[i], pair.b->code[i])) return false;
  return true;
}

bool mot_rules_same(const mot_rules *rules, const mot_rules *other)
{
  Pair pair = {&rules->module, &other->module};
  for (unsigned table = SECTION_STRINGS + 1; table < SECTION_CODE; table++)
    if (!same_table(pair, (SectionId)table)) return false;
  return same_code(pair);
}
