/* disasm_rules.c - an experience: its record, its MOTs, its handlers, with their code. */
#include "bytecode/listing.h"

/* ---- records ---- */

static void list_slots(Listing *l, uint32_t first, uint32_t count)
{
  for (uint32_t i = 0; i < count; i++) {
    const SlotRow *row = &l->m->Slot[first + i];
    buf_printf(l->out, "    slot %-4u at %-6u %5u bytes  %-7s ", i, row->offset, row->size,
               enum_text(ENUM_STORAGE, row->storage));
    put_text(l, row->name, NAME_WIDTH);
    buf_char(l->out, '\n');
  }
}

static void list_part(Listing *l, const char *title, SectionId table, uint32_t first, uint32_t count)
{
  if (count == 0) return;
  buf_printf(l->out, "  %s\n", title);
  list_rows(l, table, first, count, 2);
}

/* ---- conditions ---- */

static void list_step(Listing *l, const StepRow *row, uint32_t number)
{
  buf_printf(l->out, "      step %u: %s", number, enum_text(ENUM_BOUND, row->bound));
  if (row->bound != BOUND_NONE && row->dynamic) buf_text(l->out, ", computed");
  if (row->bound == BOUND_OPEN_DAYS && !row->dynamic) buf_printf(l->out, " %lld", (long long)row->length);
  if ((row->bound == BOUND_WITHIN || row->bound == BOUND_CALENDAR) && !row->dynamic) {
    buf_char(l->out, ' ');
    put_duration(l->out, row->length);
  }
  if (row->bound == BOUND_BY && !row->dynamic) {
    buf_char(l->out, ' ');
    put_time(l->out, row->length);
  }
  if (row->calendar != MOT_NONE) {
    buf_text(l->out, ", calendar ");
    put_row_name(l, SECTION_Calendar, row->calendar);
  }
  if (row->counted != 0) buf_printf(l->out, ", at most %u", row->counted - 1);
  buf_char(l->out, '\n');
}

static void list_leaf(Listing *l, const LeafRow *row, uint32_t number)
{
  buf_printf(l->out, "    leaf %u: %s", number, enum_text(ENUM_LEAF, row->kind));
  if (row->counter != MOT_NONE) buf_printf(l->out, " %u", row->count);
  buf_text(l->out, "; produced ");
  put_quoted(l, row->produced, 36);
  buf_text(l->out, ", missed ");
  put_quoted(l, row->missed, 36);
  buf_char(l->out, '\n');
  for (uint32_t i = 0; i < row->steps_count; i++) list_step(l, &l->m->Step[row->steps + i], i);
}

static void list_condition(Listing *l, const char *title, uint32_t condition)
{
  if (condition == MOT_NONE) return;
  const ConditionRow *row = &l->m->Condition[condition];
  buf_printf(l->out, "  %s; silence makes it %s\n", title, row->silence ? "true" : "false");
  for (uint32_t i = 0; i < row->leaves_count; i++) list_leaf(l, &l->m->Leaf[row->leaves + i], i);
  list_function(l, row->verdict);
}

/* ---- MOTs ---- */

static void put_team(Listing *l, const MotRow *row)
{
  for (uint32_t i = 0; i < row->producers_count; i++) {
    buf_text(l->out, i == 0 ? ", producers " : " ");
    put_row_name(l, SECTION_Owner, l->m->Producer[row->producers + i].team);
  }
}

static void list_mot_functions(Listing *l, const MotRow *row)
{
  for (uint32_t i = 0; i < row->choices_count; i++) list_function(l, l->m->Choice[row->choices + i].opening);
  list_function(l, row->group);
  list_function(l, row->impact_missed);
  list_function(l, row->impact_produced);
}

static void list_mot(Listing *l, uint32_t mot)
{
  const MotRow *row = &l->m->Mot[mot];
  buf_text(l->out, "\n  mot ");
  put_text(l, row->name, NAME_WIDTH);
  buf_char(l->out, ' ');
  put_quoted(l, row->title, 60);
  buf_printf(l->out, "\n  weight %g%s, manager ", row->weight, row->critical ? ", critical" : "");
  put_row_name(l, SECTION_Owner, row->manager);
  put_team(l, row);
  buf_printf(l->out, "\n  record %u bytes%s%s\n", row->size, row->single ? ", at most one open" : "",
             row->pausable ? ", can pause" : "");
  list_slots(l, row->slots, row->slots_count);
  list_part(l, "choices", SECTION_Choice, row->choices, row->choices_count);
  list_part(l, "targets", SECTION_Target, row->targets, row->targets_count);
  list_part(l, "actions", SECTION_Action, row->actions, row->actions_count);
  list_part(l, "clauses", SECTION_Clause, row->clauses, row->clauses_count);
  list_condition(l, "smoto", row->condition);
  list_mot_functions(l, row);
}

/* ---- handlers ---- */

static void put_trigger(Listing *l, const TriggerRow *row)
{
  if (row->kind == TRIGGER_EVENT) {
    put_row_name(l, SECTION_Event, row->event);
    return;
  }
  buf_printf(l->out, "%s ", enum_text(ENUM_OUTCOME, row->outcome));
  bool mot = row->mot != MOT_NONE;
  put_row_name(l, mot ? SECTION_Mot : SECTION_Experience, mot ? row->mot : row->experience);
}

static void list_called(Listing *l, const FunctionRow *handler)
{
  for (uint32_t i = 0; i < handler->count; i++) {
    Instr instr = l->m->code[handler->first + i];
    for (unsigned which = 0; which < 4; which++)
      if (op_info[instr.op].operands[which] == OPERAND_FN) list_function(l, instr_operand(instr, which));
  }
}

static void list_handler(Listing *l, const HandlerRow *row)
{
  buf_text(l->out, "\n  on ");
  put_trigger(l, &l->m->Trigger[row->trigger]);
  for (uint32_t i = 0; i < row->keys_count; i++) {
    buf_text(l->out, i == 0 ? ", keys " : " ");
    put_row_name(l, SECTION_Field, l->m->KeyField[row->keys + i].field);
  }
  buf_char(l->out, '\n');
  list_function(l, row->code);
  list_called(l, &l->m->Function[row->code]);
}

/* ---- corrections ---- */

void list_correction(Listing *l, uint32_t correction)
{
  const CorrectionRow *row = &l->m->Correction[correction];
  buf_printf(l->out, "\ncorrection %u ", correction);
  put_quoted(l, row->text, 60);
  buf_text(l->out, " by ");
  put_row_name(l, SECTION_Owner, row->by);
  buf_printf(l->out, ", %s\n  of ", enum_text(ENUM_BOUND, row->bound));
  put_row_name(l, SECTION_Experience, row->experience);
  buf_text(l->out, ", mot ");
  put_row_name(l, SECTION_Mot, row->mot);
  buf_printf(l->out, "; record %u bytes\n", row->size);
  list_slots(l, row->slots, row->slots_count);
  list_condition(l, "until", row->condition);
  list_function(l, row->due);
  list_function(l, row->opening);
}

/* ---- experiences ---- */

void list_experience(Listing *l, uint32_t experience)
{
  const ExperienceRow *row = &l->m->Experience[experience];
  buf_text(l->out, "\nexperience ");
  put_text(l, row->name, NAME_WIDTH);
  buf_char(l->out, ' ');
  put_quoted(l, row->title, 60);
  buf_text(l->out, "\n  manager ");
  put_row_name(l, SECTION_Owner, row->manager);
  for (uint32_t i = 0; i < row->keys_count; i++) {
    buf_text(l->out, i == 0 ? ", for " : ", ");
    put_row_name(l, SECTION_Key, row->keys + i);
  }
  buf_text(l->out, ", expires after ");
  put_duration(l->out, row->expires);
  buf_printf(l->out, "\n  record %u bytes\n", row->size);
  list_slots(l, row->slots, row->slots_count);
  list_part(l, "histories", SECTION_History, row->histories, row->histories_count);
  list_part(l, "patterns", SECTION_Pattern, row->patterns, row->patterns_count);
  list_part(l, "actions", SECTION_Action, row->actions, row->actions_count);
  list_part(l, "clauses", SECTION_Clause, row->clauses, row->clauses_count);
  list_condition(l, "sco", row->sco);
  list_function(l, row->value);
  for (uint32_t i = 0; i < row->mots_count; i++) list_mot(l, row->mots + i);
  for (uint32_t i = 0; i < row->handlers_count; i++) list_handler(l, &l->m->Handler[row->handlers + i]);
}
