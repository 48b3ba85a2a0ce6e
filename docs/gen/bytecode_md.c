/* bytecode_md.c - writes the reference page of the module format from the .def files. */
#include <stdio.h>
#include <string.h>

#include "bytecode/names.h"

/* In a cell of a table `|` would end it. */
static void put_cell(const char *text)
{
  for (; *text; text++) printf(*text == '|' ? "\\|" : "%c", *text);
}

static void put_contexts(unsigned contexts)
{
  static const char letters[] = "EJSCOHG";
  if (contexts == 0) putchar('-');
  for (unsigned i = 0; i < sizeof letters - 1; i++)
    if (contexts & (1u << i)) putchar(letters[i]);
}

static void put_ops(void)
{
  printf("## Instructions\n\n| name | operands | at hand | what it does |\n| --- | --- | --- | --- |\n");
  for (unsigned op = 0; op < OP_COUNT; op++) {
    printf("| `%s` | ", op_info[op].name);
    for (unsigned i = 0; i < 4; i++)
      if (op_info[op].operands[i] != OPERAND___)
        printf("%c:%s ", "abcd"[i], operand_names[op_info[op].operands[i]]);
    printf("| ");
    put_contexts(op_info[op].contexts);
    printf(" | ");
    put_cell(op_info[op].synopsis);
    printf(" |\n");
  }
}

static void put_functions(void)
{
  printf("\n## Kinds of functions\n\n| kind | at hand | results | what it is |\n| --- | --- | --- | --- |\n");
  for (unsigned i = 0; i < FUNCTION_END; i++) {
    printf("| %s | ", function_kind_info[i].name);
    put_contexts(function_kind_info[i].contexts);
    printf(" | %s | ", function_kind_info[i].results);
    put_cell(function_kind_info[i].synopsis);
    printf(" |\n");
  }
}

static void put_builtins(void)
{
  static const char *const needs[] = {"", ", in a zone", ", with a calendar"};
  printf("\n## Built-in functions\n\n| function | result | what it gives |\n| --- | --- | --- |\n");
  for (unsigned i = 0; i < BUILTIN_END; i++) {
    printf("| `%s(", builtin_info[i].name);
    for (unsigned k = 0; k < builtin_info[i].count; k++)
      printf("%s%s", k == 0 ? "" : ", ", enum_text(ENUM_VALUE, builtin_info[i].parameters[k]));
    printf(")`%s | %s | ", needs[builtin_info[i].needs], enum_text(ENUM_VALUE, builtin_info[i].result));
    put_cell(builtin_info[i].synopsis);
    printf(" |\n");
  }
}

static const char *target_name(const FieldInfo *field)
{
  switch (field->kind) {
  case FIELD_REF:
  case FIELD_OPT:
  case FIELD_RANGE: return table_info[field->target].text;
  case FIELD_FUN:
  case FIELD_OPTFUN: return function_kind_info[field->target].name;
  case FIELD_ENUM: return enum_info[field->target].name;
  default: return "";
  }
}

static void put_tables(void)
{
  printf("\n## Tables\n\nOffsets count from the start of a row.\n");
  for (unsigned t = SECTION_STRINGS + 1; t < SECTION_CODE; t++) {
    uint32_t offset = 0;
    printf("\n### %s\n\n%u bytes a row.\n\n| offset | field | kind | of |\n| --- | --- | --- | --- |\n",
           table_info[t].text,
           table_info[t].row);
    for (uint32_t i = 0; i < table_info[t].count; i++) {
      const FieldInfo *field = &table_info[t].fields[i];
      printf("| %u | `%s` | %s | %s |\n", offset, field->name, field_kind_names[field->kind],
             target_name(field));
      offset += field_size(field->kind);
    }
  }
}

static void put_lists(void)
{
  printf("\n## Listed values\n\nCounted from 0 in the order given.\n\n| list | values |\n| --- | --- |\n");
  for (unsigned i = 0; i < ENUM_COUNT; i++) {
    printf("| %s | ", enum_info[i].name);
    for (uint32_t k = 0; k < enum_info[i].count; k++) {
      printf("%s", k == 0 ? "" : ", ");
      put_cell(enum_info[i].texts[k]);
    }
    printf(" |\n");
  }
}

int main(void)
{
  put_ops();
  put_functions();
  put_builtins();
  put_tables();
  put_lists();
  return ferror(stdout) != 0;
}
