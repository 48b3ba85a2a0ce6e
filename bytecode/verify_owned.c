/*
 * verify_owned.c - who owns which rows: every row that is part of something is
 * part of exactly one thing, and what it says of its owner is true.
 */
#include "bytecode/verify.h"

/* ---- ranges ---- */

static bool claim(Place at, const FieldInfo *field, uint32_t first, uint32_t count)
{
  Parent *parents = at.v->parents[field->target];
  for (uint32_t i = first; i < first + count; i++) {
    if (parents[i].table != 0)
      return module_fail(at.v->error, "%s[%u].%s: row %u of %s belongs to %s[%u] already",
                         table_info[at.table].text, at.row, field->name, i, table_info[field->target].text,
                         table_info[parents[i].table].text, parents[i].row);
    parents[i] = (Parent){at.table, at.row};
  }
  return true;
}

static bool claim_row(Place at, const void *row)
{
  uint32_t offset = 0;
  for (uint32_t i = 0; i < table_info[at.table].count; i++) {
    const FieldInfo *field = &table_info[at.table].fields[i];
    if (field->kind == FIELD_RANGE && !claim(at, field, row_u32(row, offset), row_u32(row, offset + 4)))
      return false;
    offset += field_size(field->kind);
  }
  return true;
}

static bool claim_table(Verifier *v, SectionId table)
{
  Place at = {v, table, 0};
  uint32_t count;
  const char *rows = module_rows(v->module, table, &count);
  for (; at.row < count; at.row++)
    if (!claim_row(at, rows + (size_t)at.row * table_info[table].row)) return false;
  return true;
}

/* An experience's sentiment is an aggregate of its own. */
static bool claim_sentiment(Place at)
{
  static const FieldInfo field = {"sentiment", FIELD_OPT, SECTION_Aggregate};
  uint32_t aggregate = ROW(Experience)->sentiment;
  return aggregate == MOT_NONE || claim(at, &field, aggregate, 1);
}

static bool is_owned_table(SectionId table)
{
  for (uint32_t t = SECTION_STRINGS + 1; t < SECTION_CODE; t++)
    for (uint32_t i = 0; i < table_info[t].count; i++)
      if (table_info[t].fields[i].kind == FIELD_RANGE && table_info[t].fields[i].target == table) return true;
  return false;
}

static bool all_owned(Verifier *v, SectionId table)
{
  uint32_t count;
  module_rows(v->module, table, &count);
  if (!is_owned_table(table)) return true;
  for (uint32_t i = 0; i < count; i++)
    if (v->parents[table][i].table == 0)
      return module_fail(v->error, "%s[%u]: belongs to nothing", table_info[table].text, i);
  return true;
}

/* ---- back references ---- */

static bool owner_is(Place at, const char *field, uint32_t said)
{
  return need(at, at.v->parents[at.table][at.row].row == said, field, "not the one it belongs to");
}

static bool check_predicate(Place at) { return owner_is(at, "event", ROW(Predicate)->event); }
static bool check_handler(Place at) { return owner_is(at, "experience", ROW(Handler)->experience); }
static bool check_mot(Place at) { return owner_is(at, "experience", ROW(Mot)->experience); }
static bool check_choice(Place at) { return owner_is(at, "mot", ROW(Choice)->mot); }
static bool check_goal(Place at) { return owner_is(at, "nsat", ROW(Goal)->nsat); }

static bool check_pattern(Place at)
{
  const PatternRow *row = ROW(Pattern);
  bool of_mot = row->purpose != PURPOSE_VOIDS && row->purpose != PURPOSE_ENDS
      && row->purpose != PURPOSE_STARTS;
  Parent experience = at.v->parents[SECTION_Pattern][at.row];
  return need(at, of_mot == (row->mot != MOT_NONE), "mot", "does not go with the purpose")
    && need(at, !of_mot || at.v->module->Mot[row->mot].experience == experience.row, "mot",
            "of another experience");
}

static bool check_correction(Place at)
{
  const CorrectionRow *row = ROW(Correction);
  return need(at, row->mot == MOT_NONE || at.v->module->Mot[row->mot].experience == row->experience, "mot",
              "of another experience");
}

/* A condition and its subject name each other, so that each has its own leaves. */
static bool check_condition(Place at)
{
  const ConditionRow *row = ROW(Condition);
  const Module *m = at.v->module;
  const uint32_t counts[SUBJECT_END] = {m->Mot_count, m->Experience_count, m->Correction_count};
  if (!need(at, row->of < counts[row->subject], "of", "there is no such row")) return false;
  uint32_t named = row->subject == SUBJECT_MOT ? m->Mot[row->of].condition
    : row->subject == SUBJECT_SCO ? m->Experience[row->of].sco : m->Correction[row->of].condition;
  return need(at, named == at.row, "of", "its subject names another condition");
}

/* The condition a subject names is its own. */
static bool names_own(Place at, const char *field, uint32_t condition, uint32_t subject)
{
  const ConditionRow *row = &at.v->module->Condition[condition];
  return condition == MOT_NONE || need(at, row->subject == subject && row->of == at.row, field,
                                       "of another subject");
}

static bool check_mot_condition(Place at)
{
  return names_own(at, "condition", ROW(Mot)->condition, SUBJECT_MOT);
}

static bool check_sco(Place at) { return names_own(at, "sco", ROW(Experience)->sco, SUBJECT_SCO); }
static bool check_until(Place at)
{
  return names_own(at, "condition", ROW(Correction)->condition, SUBJECT_CORRECTION);
}

/* ---- chains ---- */

/* The people above an owner, one after the other: a team's lead, else who it reports to. */
static uint32_t up(const OwnerRow *row)
{
  return row->lead != MOT_NONE ? row->lead : row->reports_to;
}

static uint32_t reports(const OwnerRow *row)
{
  return row->reports_to;
}

/* Follows `next` from every owner; a walk that meets its own mark goes in a circle. */
static bool no_circle(Verifier *v, uint32_t (*next)(const OwnerRow *), const char *field)
{
  uint32_t count = v->module->Owner_count;
  uint32_t *mark = ARENA_ARRAY(v->scratch, uint32_t, count);
  for (uint32_t start = 0; start < count; start++) {
    uint32_t i = start;
    for (; i != MOT_NONE && mark[i] == 0; i = next(&v->module->Owner[i])) mark[i] = start + 1;
    if (i != MOT_NONE && mark[i] == start + 1)
      return need((Place){v, SECTION_Owner, i}, false, field, "leads back to the same owner");
  }
  return true;
}

static bool check_parent_goal(Place at)
{
  const GoalRow *row = ROW(Goal);
  if (row->parent == MOT_NONE) return true;
  return need(at, row->parent < at.row, "parent", "stands behind its child")
    && need(at, at.v->module->Goal[row->parent].nsat == row->nsat, "parent", "in another nsat");
}

/* ---- all of it ---- */

bool verify_owned(Verifier *v)
{
  static const TableCheck checks[] = {
    {SECTION_Predicate, check_predicate}, {SECTION_Handler, check_handler}, {SECTION_Mot, check_mot},
    {SECTION_Choice, check_choice},       {SECTION_Goal, check_goal},       {SECTION_Pattern, check_pattern},
    {SECTION_Correction, check_correction}, {SECTION_Condition, check_condition},
    {SECTION_Mot, check_mot_condition},   {SECTION_Experience, check_sco},  {SECTION_Correction, check_until},
    {SECTION_Goal, check_parent_goal},
  };
  static const TableCheck sentiments[] = {{SECTION_Experience, claim_sentiment}};
  for (uint32_t t = SECTION_STRINGS + 1; t < SECTION_CODE; t++) {
    uint32_t count;
    module_rows(v->module, t, &count);
    v->parents[t] = ARENA_ARRAY(v->scratch, Parent, count);
  }
  for (uint32_t t = SECTION_STRINGS + 1; t < SECTION_CODE; t++)
    if (!claim_table(v, t)) return false;
  if (!verify_each(v, sentiments, 1)) return false;
  for (uint32_t t = SECTION_STRINGS + 1; t < SECTION_CODE; t++)
    if (!all_owned(v, t)) return false;
  return verify_each(v, checks, sizeof checks / sizeof *checks) && no_circle(v, up, "lead")
    && no_circle(v, reports, "reports_to");
}
