/*
 * disasm_code.c - functions: an instruction a line, its operands by name, the
 * rule's text beside it where another line of the text begins.
 */
#include <string.h>

#include "base/source.h"
#include "bytecode/listing.h"

enum { OP_COLUMN = 8, OPERAND_COLUMN = 21, SOURCE_COLUMN = 66 };

/* ---- operands ---- */

static void put_number(Listing *l, int64_t bits)
{
  double value;
  memcpy(&value, &bits, sizeof value);
  buf_printf(l->out, "%.17g", value);
}

/* The first slot of the record that JS, MS and OS operands count in. */
static uint32_t first_slot(const Module *m, const FunctionRow *f, uint32_t kind)
{
  if (kind >= OPERAND_OSB && kind <= OPERAND_OSS)
    return f->source != MOT_NONE ? m->Mot[f->source].slots : m->Experience[f->source_sco].slots;
  bool subject = kind >= OPERAND_MSB && kind <= OPERAND_MSS;
  if (subject && f->mot != MOT_NONE) return m->Mot[f->mot].slots;
  if (subject && f->correction != MOT_NONE) return m->Correction[f->correction].slots;
  return m->Experience[f->experience].slots;
}

static void put_slot(Listing *l, const FunctionRow *f, uint32_t kind, uint32_t value)
{
  bool subject = kind >= OPERAND_MSB && kind <= OPERAND_MSS;
  buf_text(l->out, kind <= OPERAND_JSS ? "journey." : subject ? "own." : "its.");
  buf_char(l->out, '[');
  put_text(l, l->m->Slot[first_slot(l->m, f, kind) + value].name, 24);
  buf_char(l->out, ']');
}

static void put_named(Listing *l, const char *kind, uint32_t table, uint32_t row)
{
  buf_printf(l->out, "%s ", kind);
  put_row_name(l, table, row);
}

/* Operands that are rows, or count within an owner. */
static void put_row_operand(Listing *l, const FunctionRow *f, uint32_t kind, uint32_t value)
{
  const Module *m = l->m;
  switch (kind) {
  case OPERAND_STR: put_quoted(l, value, 32); break;
  case OPERAND_PRD: buf_printf(l->out, "predicate %u", value); break;
  case OPERAND_KEY: put_named(l, "key", SECTION_Key, m->Experience[f->experience].keys + value); break;
  case OPERAND_LEF: buf_printf(l->out, "leaf %u", value); break;
  case OPERAND_STP: buf_printf(l->out, "step %u", value); break;
  case OPERAND_HIS: buf_printf(l->out, "history %u", value); break;
  case OPERAND_PAT: buf_printf(l->out, "pattern %u", value); break;
  case OPERAND_CHO: buf_printf(l->out, "choice %u", value); break;
  case OPERAND_AGG: buf_printf(l->out, "aggregate %u", value); break;
  case OPERAND_MOT: put_named(l, "mot", SECTION_Mot, value); break;
  case OPERAND_COR: buf_printf(l->out, "correction %u", value); break;
  case OPERAND_FN: buf_printf(l->out, "f%u ", value); put_row_name(l, SECTION_Function, value); break;
  case OPERAND_BLT: buf_text(l->out, builtin_info[value].name); break;
  case OPERAND_ZON: put_named(l, "zone", SECTION_Zone, value); break;
  case OPERAND_CAL: put_named(l, "calendar", SECTION_Calendar, value); break;
  default: buf_printf(l->out, "%u", value); break;
  }
}

/* Of a built-in's arguments the first is named, the others follow it. */
static bool is_argument(Instr instr, uint32_t kind)
{
  return kind == OPERAND_IMM && (instr.op == OP_CALL || instr.op == OP_CALL_CAL || instr.op == OP_CALL_ZON);
}

static void put_operand(Listing *l, const FunctionRow *f, uint32_t at, uint32_t kind, uint32_t value)
{
  if (kind >= OPERAND_WB && kind <= OPERAND_RT) {
    buf_printf(l->out, "r%u", value);
  } else if (kind == OPERAND_KI) {
    put_integer(l->out, l->m->Constant[value].bits);
  } else if (kind == OPERAND_KF) {
    put_number(l, l->m->Constant[value].bits);
  } else if (kind >= OPERAND_EVB && kind <= OPERAND_EVX) {
    buf_char(l->out, '.');
    put_text(l, l->m->Field[l->m->Event[f->event].fields + value].name, NAME_WIDTH);
  } else if (kind >= OPERAND_JSB && kind <= OPERAND_OSS) {
    put_slot(l, f, kind, value);
  } else if (kind == OPERAND_FWD) {
    buf_printf(l->out, "-> %u", at + value);
  } else {
    put_row_operand(l, f, kind, value);
  }
}

static void put_operands(Listing *l, const FunctionRow *f, uint32_t at, Instr instr)
{
  bool first = true;
  for (unsigned which = 0; which < 4; which++) {
    uint32_t kind = op_info[instr.op].operands[which];
    if (kind == OPERAND___ || kind == OPERAND_HI) continue;
    if (!first) buf_text(l->out, ", ");
    first = false;
    if (is_argument(instr, kind)) kind = OPERAND_RI;
    put_operand(l, f, at, kind, instr_operand(instr, which));
  }
}

/* ---- the source beside the code ---- */

static const LineStarts *line_starts(Listing *l, uint32_t source)
{
  LineStarts *starts = &l->sources[source];
  if (starts->at) return starts;
  uint32_t len, count = 1;
  const char *text = module_string(l->m, l->m->Source[source].text, &len);
  for (uint32_t i = 0; i < len; i++) count += text[i] == '\n';
  starts->at = ARENA_ARRAY(l->out->arena, uint32_t, count);
  for (uint32_t i = 0; i < len; i++)
    if (text[i] == '\n') starts->at[++starts->count] = i + 1;
  starts->count = count;
  return starts;
}

/* Characters of a source from `from` up to the end of the line, at most `width`. */
static void put_line(Listing *l, const char *text, uint32_t from, uint32_t end, uint32_t width)
{
  while (from < end && (text[from] == ' ' || text[from] == '\t')) from++;
  for (uint32_t n = 0; from < end && text[from] != '\n'; from++) {
    bool begins = ((unsigned char)text[from] & 0xc0) != 0x80;
    if (begins && n++ == width) {
      buf_text(l->out, "…");
      return;
    }
    buf_char(l->out, (unsigned char)text[from] < 0x20 ? ' ' : text[from]);
  }
}

static void put_source(Listing *l, size_t start, const LineRow *row, uint32_t *ret_line)
{
  uint32_t len;
  const char *text = module_string(l->m, l->m->Source[row->source].text, &len);
  const LineStarts *starts = line_starts(l, row->source);
  uint32_t line = line_at(starts->at, starts->count, row->start);
  if (line + 1 == *ret_line) return;
  *ret_line = line + 1;
  put_column(l->out, start, SOURCE_COLUMN);
  buf_printf(l->out, "; %u: ", line + 1);
  put_line(l, text, starts->at[line], len, LISTING_WIDTH - SOURCE_COLUMN - 8);
}

/* The row that covers an instruction, if it begins there. */
static const LineRow *line_row(Listing *l, uint32_t instruction)
{
  const Module *m = l->m;
  uint32_t low = 0, high = m->Line_count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (m->Line[middle].instruction < instruction)
      low = middle + 1;
    else
      high = middle;
  }
  return low < m->Line_count && m->Line[low].instruction == instruction ? &m->Line[low] : NULL;
}

/* ---- functions ---- */

static void put_at_hand(Listing *l, const char *what, uint32_t table, uint32_t row)
{
  if (row == MOT_NONE) return;
  buf_printf(l->out, ", %s ", what);
  put_row_name(l, table, row);
}

static void put_heading(Listing *l, uint32_t function, const FunctionRow *f)
{
  buf_printf(l->out, "\n  f%u ", function);
  put_text(l, f->name, 60);
  buf_printf(l->out, "  (%s", function_kind_info[f->kind].name);
  put_at_hand(l, "event", SECTION_Event, f->event);
  put_at_hand(l, "mot", SECTION_Mot, f->mot);
  put_at_hand(l, "correction", SECTION_Correction, f->correction);
  put_at_hand(l, "outcome of", SECTION_Mot, f->source);
  put_at_hand(l, "outcome of", SECTION_Experience, f->source_sco);
  if (f->result != VALUE_NONE) buf_printf(l->out, ", gives %s", enum_text(ENUM_VALUE, f->result));
  buf_printf(l->out, "; registers %u, longest way %u)\n", f->registers, f->longest);
}

void list_function(Listing *l, uint32_t function)
{
  if (function == MOT_NONE || l->listed[function]) return;
  const FunctionRow *f = &l->m->Function[function];
  uint32_t line = 0;
  l->listed[function] = 1;
  put_heading(l, function, f);
  for (uint32_t i = 0; i < f->count; i++) {
    Instr instr = l->m->code[f->first + i];
    size_t start = l->out->len;
    buf_printf(l->out, "%6u", i);
    put_column(l->out, start, OP_COLUMN);
    buf_text(l->out, op_info[instr.op].name);
    put_column(l->out, start, OPERAND_COLUMN);
    put_operands(l, f, i, instr);
    trim_line(l->out);
    const LineRow *row = line_row(l, f->first + i);
    if (row) put_source(l, start, row, &line);
    buf_char(l->out, '\n');
  }
}
