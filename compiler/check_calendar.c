/*
 * check_calendar.c - calendars: open hours of the week, closed days.
 */
#include <stdlib.h>
#include <string.h>

#include "compiler/check_expr.h"
#include "compiler/scope.h"

enum { WEEK = 7 };
static const int64_t DAY = INT64_C(86400000000); /* microseconds */

static const char *const day_words[WEEK] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
static const char *const long_words[WEEK] = {"monday",   "tuesday", "wednesday", "thursday",
                                             "friday",   "saturday", "sunday"};

/* ---- days of the week ------------------------------------------------------------------- */

/* 0 Monday … 6, or WEEK after a report. */
static uint8_t weekday(Checker *ck, AstName name)
{
  const char *text = sym_text(ck->names, name.sym);
  for (uint8_t day = 0; day < WEEK; day++)
    if (strcmp(text, day_words[day]) == 0) return day;
  Diag *diag = SAY(ck, E0219, name.span, "`%s` is no day of the week", text);
  for (uint8_t day = 0; day < WEEK; day++) {
    if (edit_distance(text, day_words[day], 1) > 1 && edit_distance(text, long_words[day], 2) > 2) continue;
    diag_help(ck->diags, diag, "did you mean `%s`?", day_words[day]);
    diag_fix(ck->diags, diag, name.span, "%s", day_words[day]);
    return WEEK;
  }
  diag_help(ck->diags, diag, "days are mon, tue, wed, thu, fri, sat and sun");
  return WEEK;
}

/* ---- open hours --------------------------------------------------------------------------- */

typedef struct Hours { /* of one day, and where they were written */
  OpenHoursOf open;
  const AstHours *ast;
} Hours;
typedef VEC(Hours) HoursVec;

static void say_backwards(Checker *ck, const AstHours *ast, uint8_t first, uint8_t last)
{
  Diag *diag = SAY(ck, E0219, span_join(ast->from_day.span, ast->to_day.span),
                   "`%s..%s` goes past the end of the week", day_words[first], day_words[last]);
  diag_help(ck->diags, diag, "write two: `%s..sun …, mon..%s …`", day_words[first], day_words[last]);
}

static void add_hours(Checker *ck, HoursVec *all, const AstHours *ast)
{
  uint8_t first = weekday(ck, ast->from_day);
  uint8_t last = ast->to_day.sym ? weekday(ck, ast->to_day) : first;
  if (first == WEEK || last == WEEK) return;
  if (ast->from >= ast->to || ast->to > DAY) {
    Diag *diag = SAY(ck, E0220, ast->n.span, "these hours end before they begin");
    diag_help(ck->diags, diag, "a night is written as two days: `fri 22:00..24:00, sat 00:00..06:00`");
    return;
  }
  if (first > last) say_backwards(ck, ast, first, last);
  for (uint8_t day = first; day <= last; day++)
    *VEC_PUSH(ck->arena, all) = (Hours){{.weekday = day, .from = ast->from, .to = ast->to}, ast};
}

static int by_time(const void *a, const void *b)
{
  const OpenHoursOf *x = &((const Hours *)a)->open, *y = &((const Hours *)b)->open;
  if (x->weekday != y->weekday) return x->weekday < y->weekday ? -1 : 1;
  if (x->from != y->from) return x->from < y->from ? -1 : 1;
  return (x->to > y->to) - (x->to < y->to);
}

static void say_overlap(Checker *ck, const Hours *before, const Hours *hours)
{
  Span first = before->ast->n.span, second = hours->ast->n.span;
  if (first.start > second.start) {
    Span swap = first;
    first = second;
    second = swap;
  }
  Diag *diag = SAY(ck, E0221, second, "these hours overlap with others");
  diag_note(ck->diags, diag, first, "with these, on %s", day_words[hours->open.weekday]);
}

/* Hours that touch are one; the same two clauses overlapping on several days are said once. */
static void join_hours(Checker *ck, Calendar *calendar, const HoursVec *all)
{
  const Hours *said[2] = {NULL, NULL};
  for (uint32_t i = 0; i < all->len; i++) {
    const Hours *hours = &all->data[i], *before = i ? hours - 1 : NULL;
    bool same_day = before && before->open.weekday == hours->open.weekday;
    OpenHoursOf *last = same_day ? &calendar->hours.data[calendar->hours.len - 1] : NULL;
    if (same_day && last->to > hours->open.from) {
      bool again = said[0] && said[0]->ast == before->ast && said[1]->ast == hours->ast;
      if (!again) say_overlap(ck, before, hours);
      said[0] = before;
      said[1] = hours;
    }
    if (last && last->to >= hours->open.from) {
      if (hours->open.to > last->to) last->to = hours->open.to;
    } else {
      *VEC_PUSH(ck->arena, &calendar->hours) = hours->open;
    }
  }
}

/* ---- closed days ---------------------------------------------------------------------------- */

static int64_t day_of(int64_t micros)
{
  return micros / DAY - (micros % DAY < 0);
}

static bool whole_day(Checker *ck, const AstExpr *time)
{
  if (time->n.kind != AX_TIME) return false;
  if (!time->u.time.has_time) return true;
  Diag *diag = SAY(ck, E0222, time->n.span, "a calendar is closed for whole days, without a time of day");
  diag_help(ck->diags, diag, "leave the time of day out");
  return false;
}

/* The days on which another calendar is closed, whatever its hours and its zone. */
static void add_closed_of(Checker *ck, const Ctx *ctx, Calendar *calendar, const AstPath *path)
{
  const Calendar *other = calendar_named(ck, ctx, path);
  for (uint32_t i = 0; other && i < other->closed.len; i++) {
    if (!spend(ck, 1, path->span)) return;
    *VEC_PUSH(ck->arena, &calendar->closed) = other->closed.data[i];
  }
  if (!other || other->closed.len) return;
  for (AST_EACH(AstItem, item, other->decl->items)) /* those with mistakes were said */
    if (item->n.kind == AI_CLOSED || item->n.kind == AI_ERROR) return;
  Diag *diag = SAY(ck, E0222, path->span, "`%s` has no closed days to take over", path_text(ck, path));
  diag_note(ck->diags, diag, other->span, "it is declared here");
}

static void add_closed(Checker *ck, Calendar *calendar, const AstDates *dates)
{
  const AstExpr *from = dates->from, *to = dates->to ? dates->to : dates->from;
  if (!whole_day(ck, from) || (to != from && !whole_day(ck, to))) return;
  ClosedDaysOf days = {day_of(from->u.time.micros), day_of(to->u.time.micros)};
  if (days.first > days.last)
    SAY(ck, E0222, dates->n.span, "the first day comes after the last");
  else
    *VEC_PUSH(ck->arena, &calendar->closed) = days;
}

static void closed_clause(Checker *ck, const Ctx *ctx, Calendar *calendar, AstList list)
{
  uint32_t before = ck->budget;
  ck->budget = CLAUSE_BUDGET;
  for (AST_EACH(AstDates, dates, list)) {
    if (dates->from)
      add_closed(ck, calendar, dates);
    else
      add_closed_of(ck, ctx, calendar, &dates->calendar);
  }
  ck->budget = before;
}

static int by_day(const void *a, const void *b)
{
  const ClosedDaysOf *x = a, *y = b;
  return (x->first > y->first) - (x->first < y->first);
}

/* A day that two holidays name is closed once. */
static void join_closed(Calendar *calendar)
{
  uint32_t kept = 0;
  ClosedDaysOf *all = calendar->closed.data;
  if (calendar->closed.len) qsort(all, calendar->closed.len, sizeof *all, by_day);
  for (uint32_t i = 0; i < calendar->closed.len; i++) {
    if (kept && all[i].first <= all[kept - 1].last + 1) {
      if (all[i].last > all[kept - 1].last) all[kept - 1].last = all[i].last;
    } else {
      all[kept++] = all[i];
    }
  }
  calendar->closed.len = kept;
}

/* ---- all of it --------------------------------------------------------------------------------- */

static void check_item(Checker *ck, const Ctx *ctx, Calendar *calendar, const AstItem *item, Seen *seen,
                       HoursVec *hours)
{
  switch (item->n.kind) {
  case AI_ZONE:
    if (!clause_once(ck, seen, item)) break;
    calendar->zone = item->u.text.sym;
    check_zone(ck, item->u.text);
    break;
  case AI_OPEN: /* may be said in several clauses */
    for (AST_EACH(AstHours, ast, item->u.list)) add_hours(ck, hours, ast);
    seen->first[AI_OPEN] = item;
    break;
  case AI_CLOSED:
    closed_clause(ck, ctx, calendar, item->u.list);
    break;
  default: break;
  }
}

static Calendar *check_calendar(Checker *ck, const Entity *entity)
{
  if (ck->checking.len > CHAIN_MAX) {
    SAY(ck, E0714, entity->decl->name.span, "more than %d calendars take over each other's closed days in a row",
        CHAIN_MAX);
    return NULL;
  }
  Calendar *calendar = ARENA_NEW(ck->arena, Calendar);
  HoursVec hours = {0};
  Seen seen = {0};
  Ctx ctx = {.unit = entity->unit, .what = "a calendar"};
  calendar->name = entity->name;
  calendar->span = entity->decl->name.span;
  calendar->decl = entity->decl;
  calendar->zone = ck->program->stream.zone;
  for (AST_EACH(AstItem, item, entity->decl->items)) check_item(ck, &ctx, calendar, item, &seen, &hours);
  if (hours.len) qsort(hours.data, hours.len, sizeof *hours.data, by_time);
  join_hours(ck, calendar, &hours);
  join_closed(calendar);
  if (!seen.first[AI_OPEN] && !has_syntax_error(&entity->decl->items)) {
    Diag *diag = SAY(ck, E0223, calendar->span, "`%s` is never open", sym_text(ck->names, calendar->name));
    diag_help(ck->diags, diag, "say when: `open mon..fri 09:00..17:00`");
  }
  *VEC_PUSH(ck->arena, &ck->program->calendars) = calendar;
  return calendar;
}

Calendar *need_calendar(Checker *ck, Entity *entity)
{
  if (!entity || entity->kind != AD_CALENDAR) return NULL;
  Aside aside = step_aside(ck);
  if (entity_enter(ck, entity)) {
    entity->is.calendar = check_calendar(ck, entity);
    entity_leave(ck, entity);
  }
  step_back(ck, aside);
  return entity->is.calendar;
}

Calendar *calendar_named(Checker *ck, const Ctx *ctx, const AstPath *path)
{
  const Binding *given;
  if (env_kind(ck, ctx, path, AST_PARAM_CALENDAR, &given)) return given ? given->calendar : NULL;
  Calendar *calendar = need_calendar(ck, find_entity(ck, ctx, path, 1u << AD_CALENDAR, "a calendar"));
  if (calendar) calendar->used = true;
  return calendar;
}
