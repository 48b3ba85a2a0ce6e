/*
 * disasm.c - the listing: the module, events, people, calendars, experiences,
 * then the functions and tables that these did not show.
 */
#include "bytecode/disasm.h"

#include "bytecode/listing.h"
#include "bytecode/zonetime.h"

/* ---- the module ---- */

static void put_span(Buf *out, const char *what, int64_t span)
{
  if (span <= 0) return;
  buf_printf(out, ", %s ", what);
  put_duration(out, span);
}

static void list_meta(Listing *l)
{
  const MetaRow *meta = &l->m->Meta[0];
  buf_text(l->out, "module ");
  put_text(l, meta->name, NAME_WIDTH);
  buf_printf(l->out, ": format %d, %llu bytes, %u functions, %u instructions\n", MOT_FORMAT_VERSION,
             (unsigned long long)l->m->size, l->m->Function_count, l->m->code_count);
  buf_printf(l->out, "rules %016llx%016llx\n", (unsigned long long)meta->hash_high,
             (unsigned long long)meta->hash_low);
  for (uint32_t i = 0; i < l->m->Source_count; i++) {
    uint32_t len;
    module_string(l->m, l->m->Source[i].text, &len);
    buf_printf(l->out, "source %u ", i);
    put_text(l, l->m->Source[i].name, 80);
    buf_printf(l->out, ", %u bytes\n", len);
  }
  buf_text(l->out, "stream type ");
  put_quoted(l, meta->type_path, 24);
  buf_text(l->out, ", time ");
  put_quoted(l, meta->time_path, 24);
  buf_printf(l->out, " %s, zone ", enum_text(ENUM_FORMAT, meta->time_format));
  put_row_name(l, SECTION_Zone, meta->zone);
  if (meta->has_dedupe) put_span(l->out, "dedupe", meta->dedupe);
  put_span(l->out, "lateness", meta->lateness);
  put_span(l->out, "idle", meta->idle);
  put_span(l->out, "ahead", meta->ahead);
  buf_char(l->out, '\n');
}

/* ---- events ---- */

static void put_values(Listing *l, uint32_t listed)
{
  const ListedRow *row = &l->m->Listed[listed];
  for (uint32_t i = 0; i < row->values_count && i < 6; i++) {
    buf_text(l->out, i == 0 ? " of " : ", ");
    put_text(l, l->m->ListedValue[row->values + i].name, 16);
  }
  if (row->values_count > 6) buf_printf(l->out, ", … (%u)", row->values_count);
}

static void list_field(Listing *l, const FieldRow *row, uint32_t number)
{
  size_t start = l->out->len;
  buf_printf(l->out, "%6u  ", number);
  put_text(l, row->name, NAME_WIDTH);
  put_column(l->out, start, 28);
  buf_text(l->out, enum_text(ENUM_VALUE, row->type));
  if (row->currency != MOT_NONE) {
    buf_char(l->out, ' ');
    put_row_name(l, SECTION_Currency, row->currency);
  }
  if (row->listed != MOT_NONE) put_values(l, row->listed);
  if (row->optional) buf_char(l->out, '?');
  if (row->format != FORMAT_PLAIN) buf_printf(l->out, " as %s", enum_text(ENUM_FORMAT, row->format));
  if (row->path != row->name) {
    buf_text(l->out, " from ");
    put_quoted(l, row->path, 32);
  }
  buf_text(l->out, row->used ? "\n" : ", unused\n");
}

static void list_event(Listing *l, uint32_t event)
{
  const EventRow *row = &l->m->Event[event];
  buf_text(l->out, "\nevent ");
  put_text(l, row->name, NAME_WIDTH);
  buf_text(l->out, " from ");
  put_quoted(l, row->raw, 40);
  buf_text(l->out, row->used ? "\n" : ", unused\n");
  for (uint32_t i = 0; i < row->fields_count; i++) list_field(l, &l->m->Field[row->fields + i], i);
  for (uint32_t i = 0; i < row->predicates_count; i++) {
    buf_printf(l->out, "  predicate %u", i);
    list_function(l, l->m->Predicate[row->predicates + i].test);
  }
}

/* ---- people and calendars ---- */

static void list_owner(Listing *l, const OwnerRow *row)
{
  size_t start = l->out->len;
  buf_printf(l->out, "%s ", enum_text(ENUM_OWNER, row->kind));
  put_text(l, row->name, NAME_WIDTH);
  put_column(l->out, start, 24);
  put_quoted(l, row->title, 40);
  buf_printf(l->out, " %s", enum_text(ENUM_ROLE, row->role));
  if (row->reports_to != MOT_NONE) buf_text(l->out, ", reports to ");
  if (row->reports_to != MOT_NONE) put_row_name(l, SECTION_Owner, row->reports_to);
  if (row->lead != MOT_NONE) buf_text(l->out, ", lead ");
  if (row->lead != MOT_NONE) put_row_name(l, SECTION_Owner, row->lead);
  buf_char(l->out, '\n');
}

static void put_hour(Buf *out, int64_t us)
{
  int64_t seconds = us / 1000000;
  buf_printf(out, "%02d:%02d", (int)(seconds / 3600), (int)(seconds / 60 % 60));
  if (us % 60000000 != 0) buf_printf(out, ":%02d", (int)(seconds % 60));
}

static void put_day(Buf *out, int64_t day)
{
  CivilDate date = civil_from_days(day);
  buf_printf(out, "%04d-%02d-%02d", date.year, date.month, date.day);
}

static void list_calendar(Listing *l, const CalendarRow *row)
{
  static const char *const days[7] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
  buf_text(l->out, "\ncalendar ");
  put_text(l, row->name, NAME_WIDTH);
  buf_text(l->out, ", zone ");
  put_row_name(l, SECTION_Zone, row->zone);
  buf_char(l->out, '\n');
  for (uint32_t i = 0; i < row->hours_count; i++) {
    const OpenHoursRow *hours = &l->m->OpenHours[row->hours + i];
    buf_printf(l->out, "  open   %s ", days[hours->weekday]);
    put_hour(l->out, hours->from);
    buf_text(l->out, "..");
    put_hour(l->out, hours->to);
    buf_char(l->out, '\n');
  }
  for (uint32_t i = 0; i < row->closed_count; i++) {
    buf_text(l->out, "  closed ");
    put_day(l->out, l->m->ClosedDays[row->closed + i].first);
    buf_text(l->out, "..");
    put_day(l->out, l->m->ClosedDays[row->closed + i].last);
    buf_char(l->out, '\n');
  }
}

/* ---- the rest ---- */

static void list_others(Listing *l)
{
  bool first = true;
  for (uint32_t i = 0; i < l->m->Function_count; i++) {
    if (l->listed[i]) continue;
    if (first) buf_text(l->out, "\nother functions\n");
    first = false;
    list_function(l, i);
  }
}

/* Tables that nothing above shows row by row. */
static void list_tables(Listing *l)
{
  static const uint8_t tables[] = {
    SECTION_Listed, SECTION_ListedValue, SECTION_Trigger, SECTION_Zone, SECTION_PatternStep,
    SECTION_Aggregate,
    SECTION_AggregateInput, SECTION_Window, SECTION_Metric, SECTION_Target, SECTION_Action, SECTION_TextPiece,
    SECTION_Correction, SECTION_Nsat, SECTION_Goal, SECTION_Review, SECTION_Test, SECTION_TestStep,
    SECTION_TestValue,
    SECTION_Expect,
  };
  for (size_t i = 0; i < sizeof tables; i++) {
    uint32_t count;
    module_rows(l->m, tables[i], &count);
    if (count == 0) continue;
    buf_printf(l->out, "\n%s\n", table_info[tables[i]].text);
    list_rows(l, tables[i], 0, count, 0);
  }
}

void module_disasm(const Module *module, Buf *out)
{
  Listing l = {.m = module, .out = out};
  l.listed = ARENA_ARRAY(out->arena, uint8_t, module->Function_count);
  l.sources = ARENA_ARRAY(out->arena, LineStarts, module->Source_count);
  list_meta(&l);
  for (uint32_t i = 0; i < module->Event_count; i++) list_event(&l, i);
  if (module->Owner_count > 0) buf_char(out, '\n');
  for (uint32_t i = 0; i < module->Owner_count; i++) list_owner(&l, &module->Owner[i]);
  for (uint32_t i = 0; i < module->Calendar_count; i++) list_calendar(&l, &module->Calendar[i]);
  for (uint32_t i = 0; i < module->Experience_count; i++) list_experience(&l, i);
  for (uint32_t i = 0; i < module->Correction_count; i++) list_correction(&l, i);
  list_others(&l);
  list_tables(&l);
}
