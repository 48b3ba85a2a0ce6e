/*
 * syntax.c - which mistake a token is that cannot stand where it does.
 *
 * The rules are tried in order; the first that recognises its mistake speaks.
 * The last one always does.
 */
#include "grammar/syntax.h"

#include <string.h>

#include "grammar/habits.h"
#include "grammar/mot.tab.h"
#include "grammar/recover.h"
#include "grammar/scanner.h"
#include "grammar/wanted.h"

static Diags *diags_of(const Parser *p)
{
  return p->in->diags;
}

static Span at_byte(const Parser *p, uint32_t at)
{
  return (Span){p->out->file, at, at + 1};
}

/* The span just behind the token before, where something is missing. */
static Span behind(const Parser *p)
{
  Span span = p->before.span;
  return p->before.kind == 0 ? p->last.span : span;
}

static bool begins_any(const Parser *p)
{
  return p->last.kind == 0 || p->last.kind == '}' || (p->last.first && keyword_starts(p->last.kind) != 0);
}

/* Is a clause complete here, so that the next one or a brace could follow? */
static bool between_clauses(const Expected *e)
{
  return expects(e, '}') || expects(e, KW_CALENDAR);
}

/* ---- brackets ------------------------------------------------------------------------- */

static bool surplus_bracket(Parser *p, const Expected *e)
{
  (void)e;
  if (!p->surplus || (p->last.kind != '}' && p->last.kind != ')')) return false;
  if (p->last.kind == ')') {
    say(p, E0127, p->last.span, "no `(` is open that this `)` could close");
    return true;
  }
  Diag *diag = say(p, E0126, p->last.span, "no `{` is open that this `}` could close");
  diag_help(diags_of(p), diag, "delete it, or look for a `}` too many before it");
  return true;
}

static bool open_parenthesis(Parser *p, const Expected *e)
{
  uint32_t at = p->last.kind == '}' ? p->unclosed : 0;
  const Opener *top = p->openers.len != 0 ? &p->openers.data[p->openers.len - 1] : NULL;
  bool behind = p->last.kind == KW_WITHIN || p->last.kind == KW_BY;
  if (at == 0 && top && top->block == 0 && (begins_any(p) || behind)) at = top->at + 1;
  if (at == 0 || !(expects(e, ')') || expects(e, ','))) return false;
  Diag *diag = say(p, E0127, at_byte(p, at - 1), "this `(` is never closed");
  diag_note(diags_of(p), diag, p->last.span, "a `)` is missing before this");
  return true;
}

static bool forgotten_brace(Parser *p, const Expected *e)
{
  if (p->close_to == 0 || !between_clauses(e)) return false;
  const Opener *open = open_brace(p);
  Diag *diag = say(p, E0125, at_byte(p, open->at), "this `{` is not closed before the next block begins");
  diag_note(diags_of(p), diag, p->last.span, "write `}` before this");
  return true;
}

/* The next step of a test was read as a field, since fields may have any name. */
static bool open_values(Parser *p, const Expected *e)
{
  const Opener *open = open_brace(p);
  (void)e;
  bool step = p->before.first && (keyword_starts(p->before.kind) & IN_TEST) != 0;
  if (!open || open->block != IN_VALUES || !step) return false;
  Diag *diag = say(p, E0125, at_byte(p, open->at), "this `{` is not closed before the next line of the test");
  diag_note(diags_of(p), diag, p->before.span, "write `}` before this");
  cut_openers(p, (uint32_t)(open - p->openers.data));
  return true;
}

static bool missing_open_brace(Parser *p, const Expected *e)
{
  bool field = p->last.kind == LABEL && !open_brace(p) && p->before.kind != LABEL; /* of an event */
  if (!expects(e, '{') && !field) return false;
  if (e->n > 1 && !begins_any(p) && !field) return false;
  Diag *diag = say(p, E0124, behind(p), "a `{` is missing after this");
  diag_help(diags_of(p), diag, "what belongs to it stands between `{` and `}`");
  return true;
}

/* ---- words ---------------------------------------------------------------------------- */

/* Words that join: where one of them stands wrongly, something is missing, and it is no name. */
static bool joins(int kind)
{
  switch (kind) {
  case KW_AND: case KW_OR: case KW_THEN: case KW_WITHIN: case KW_BY: case KW_WHERE: case KW_OF: case KW_OVER:
  case KW_PER: case KW_UNTIL: case KW_ELSE: case KW_KNOWN: case KW_AS: case KW_IN: case KW_NOT: case KW_IS:
    return true;
  default: return false;
  }
}

static bool said_twice(Parser *p, const Expected *e)
{
  (void)e;
  if (p->last.kind != p->before.kind || !keyword_of(p->last.kind)) return false;
  Diag *diag = say(p, E0120, p->last.span, "`%s` stands here twice", keyword_of(p->last.kind));
  diag_fix(diags_of(p), diag, p->last.span, "%s", "");
  return true;
}

static bool keyword_as_name(Parser *p, const Expected *e)
{
  const char *word = keyword_of(p->last.kind);
  bool name = expects(e, LNAME);
  if (!word || !name || joins(p->last.kind) || begins_any(p) || between_clauses(e)) return false;
  Diag *diag = say(p, E0114, p->last.span, "`%s` is a word of the language and cannot be a name here", word);
  diag_help(diags_of(p), diag, "if a field or an owner has this name, write it in backticks: `%s`", word);
  diag_fix(diags_of(p), diag, p->last.span, "`%s`", word);
  return true;
}

static bool wrong_capital(Parser *p, const Expected *e)
{
  const char *word = sym_text(p->in->interner, p->last.sym);
  Diag *diag = NULL;
  if (p->last.kind == UNAME && expects(e, LNAME) && !expects(e, UNAME) && !expects(e, INT)) {
    diag = say(p, E0116, p->last.span, "`%s` should begin with a small letter", word);
    diag_help(diags_of(p), diag,
              "owners, teams, fields and values are written small; events, experiences, mots, "
              "goals and metrics with a capital");
    diag_fix(diags_of(p), diag, p->last.span, "%c%s", word[0] - 'A' + 'a', word + 1);
  } else if (p->last.kind == LNAME && expects(e, UNAME) && !expects(e, LNAME)) {
    bool letter = word[0] >= 'a' && word[0] <= 'z';
    diag = say(p, E0115, p->last.span, "`%s` should begin with a capital letter", word);
    diag_help(diags_of(p), diag,
              "events, experiences, mots, goals, calendars and metrics begin with a capital; "
              "owners, fields and values are written small");
    if (letter) diag_fix(diags_of(p), diag, p->last.span, "%c%s", word[0] - 'a' + 'A', word + 1);
  }
  return diag != NULL;
}

/* `pattern P(call: event)`: what stands for an event, a calendar or a MOT has a capital. */
static bool small_parameter(Parser *p, const Expected *e)
{
  (void)e;
  int kind = p->last.kind;
  if ((kind != KW_EVENT && kind != KW_CALENDAR && kind != KW_MOT) || p->before.kind != LABEL) return false;
  if (open_brace(p)) return false; /* a field */
  Diag *diag = say(p, E0115, p->before.span,
                   "a parameter that stands for an event, a calendar or a MOT begins with a capital letter");
  diag_help(diags_of(p), diag, "write for example `Call: event`, `Hours: calendar`, `Failed: mot`");
  return true;
}

/* `expect missed onTime`: the small word was taken for the start of a path. */
static bool small_before(Parser *p, const Expected *e)
{
  if (p->before.kind != LNAME || e->n > 2 || !expects(e, '.')) return false;
  const char *word = sym_text(p->in->interner, p->before.sym);
  if (word[0] < 'a' || word[0] > 'z') return false;
  Diag *diag = say(p, E0115, p->before.span, "`%s` should begin with a capital letter", word);
  diag_fix(diags_of(p), diag, p->before.span, "%c%s", word[0] - 'a' + 'A', word + 1);
  return true;
}

static void say_misspelt(Parser *p, const Token *token, int meant)
{
  const char *word = sym_text(p->in->interner, token->sym);
  const char *other = keyword_of(meant);
  Diag *diag = say(p, E0117, token->span, "`%s` is not known here; did you mean `%s`?", word, other);
  diag_fix(diags_of(p), diag, token->span, "%s", other);
}

static bool misspelt(Parser *p, const Expected *e)
{
  if (p->last.kind != LNAME && p->last.kind != UNAME) return false;
  bool start = p->before.kind == 0; /* where `module` can stand too */
  int meant = start ? nearest_clause(p, p->last.sym, IN_FILE) : nearest_expected(p, p->last.sym, e);
  if (meant == 0) return false;
  say_misspelt(p, &p->last, meant);
  return true;
}

/* `when frist OrderPlaced`: the small word was taken for the start of a path. */
static bool misspelt_before(Parser *p, const Expected *e)
{
  const Opener *open = open_brace(p);
  bool path = p->before.kind == LNAME && (expects(e, '.') || expects(e, KW_FROM));
  if (!path) return false;
  int meant = nearest_keyword(p, p->before.sym, open ? open->block : IN_FILE);
  const char *word = sym_text(p->in->interner, p->before.sym);
  if (meant == 0 || strcmp(keyword_of(meant), word) == 0) return false; /* `std.calendar`: a name behind a dot */
  say_misspelt(p, &p->before, meant);
  return true;
}

/* `Confirmed "…" {`: what kind of thing is it? */
static bool missing_kind(Parser *p, const Expected *e)
{
  if (p->last.kind != UNAME || !between_clauses(e) || !p->last.first) return false;
  const char *word = expects(e, KW_MOT)     ? "`mot`"
                     : expects(e, KW_GOAL)  ? "`goal`"
                     : expects(e, KW_EVENT) ? "`event` or `experience`"
                                            : NULL;
  if (!word) return false;
  Diag *diag = say(p, E0120, p->last.span, "%s cannot stand here alone", found(p));
  diag_help(diags_of(p), diag, "if it begins something new, write %s before it", word);
  return true;
}

static bool wrong_block(Parser *p, const Expected *e)
{
  const char *word = keyword_of(p->last.kind);
  uint32_t starts = keyword_starts(p->last.kind);
  if (!word || starts == 0 || !between_clauses(e)) return false;
  const Opener *open = open_brace(p);
  uint32_t here = open ? open->block : IN_FILE;
  if ((starts & here) != 0) return false;
  uint32_t inner = starts & ~(uint32_t)IN_FILE, home = inner != 0 ? inner & (~inner + 1) : starts;
  Diag *diag = say(p, E0118, p->last.span, "`%s` cannot stand %s", word, block_phrase(here));
  int meant = nearest_clause(p, intern_z(p->in->interner, word), here); /* `end on` for `ends on` */
  if (meant != 0)
    diag_help(diags_of(p), diag, "did you mean `%s`?", keyword_of(meant));
  else
    diag_help(diags_of(p), diag, "it belongs %s", block_phrase(home));
  return true;
}

static bool module_late(Parser *p, const Expected *e)
{
  (void)e;
  if (p->last.kind != KW_MODULE || open_brace(p)) return false;
  say(p, E0133, p->last.span, "`module` can only stand once, at the beginning of the file");
  return true;
}

static bool colon(Parser *p, const Expected *e)
{
  if (p->last.kind != LABEL && p->last.kind != ULABEL) return false;
  (void)e;
  Span word = p->last.span;
  Diag *diag = say(p, E0130, word, "no colon is written here");
  diag_help(diags_of(p), diag,
            "a colon only follows the name of a field in an event, of a parameter, and of a case");
  return true;
}

static bool field_without_colon(Parser *p, const Expected *e)
{
  bool word_like = p->last.kind == LNAME || keyword_of(p->last.kind);
  if (!word_like || !expects(e, LABEL) || !between_clauses(e)) return false;
  const char *word = sym_text(p->in->interner, p->last.sym);
  Diag *diag = say(p, E0135, p->last.span, "after the name of a field comes a colon, then its type");
  const char *help = p->last.first || p->before.kind == '{' ? "" : "; if it belongs to the type before it: "
                     "`duration(s)`, `one of a, b`";
  diag_help(diags_of(p), diag, "write for example `%.60s: id`%s", word, help);
  return true;
}

/* ---- numbers -------------------------------------------------------------------------- */

static void say_unknown_unit(Parser *p, Span span)
{
  int len = (int)(span.end - span.start);
  const char *unit = arena_printf(p->in->arena, "%.*s", len < 80 ? len : 80, p->text + span.start);
  Diag *diag = say(p, E0112, span, "`%s` is an unknown unit", unit);
  help_unit(p, diag, unit);
}

static bool unknown_unit(Parser *p, const Expected *e)
{
  bool number = p->before.kind == INT || p->before.kind == DECIMAL;
  bool word = p->last.kind == LNAME || p->last.kind == KW_MIN;
  (void)e;
  if (!number || !word || p->last.first) return false;
  say_unknown_unit(p, p->last.span);
  return true;
}

/* The small word on the same line behind the newest token; empty: none. */
static Span word_behind(const Parser *p)
{
  Span span = {p->out->file, p->last.span.end, p->last.span.end};
  const char *text = p->text;
  if (scanner_next(p) != ' ' && scanner_next(p) != '\t') return span;
  for (span.start++; text[span.start] == ' ' || text[span.start] == '\t';) span.start++;
  for (span.end = span.start; text[span.end] >= 'a' && text[span.end] <= 'z';) span.end++;
  return keyword_token(p, intern(p->in->interner, text + span.start, span.end - span.start)) == 0
           ? span
           : (Span){p->out->file, span.start, span.start};
}

static void say_no_unit(Parser *p, Span span)
{
  int len = (int)(span.end - span.start);
  const char *number = p->text + span.start;
  if (len > 20) len = 0;
  const char *n = arena_printf(p->in->arena, "%.*s", len, number);
  Diag *diag = say(p, E0113, span, "%s what?", n);
  diag_help(diags_of(p), diag, "a length of time has a unit: write %s s, %s min, %s h or %s d", n, n, n, n);
}

static bool missing_unit(Parser *p, const Expected *e)
{
  if (!expects(e, DURATION)) return false;
  if (p->last.kind == CALSPAN) {
    Diag *diag = say(p, E0112, p->last.span,
                     "months, quarters and years differ in length and cannot be used here");
    diag_help(diags_of(p), diag, "write days: 30 d, 90 d, 365 d");
    return true;
  }
  if ((p->last.kind != INT && p->last.kind != DECIMAL) || expects(e, INT)) return false;
  Span unit = word_behind(p);
  if (unit.end > unit.start)
    say_unknown_unit(p, unit);
  else
    say_no_unit(p, p->last.span);
  return true;
}

/* ---- what is left ----------------------------------------------------------------------- */

static bool step_behind(Parser *p, const Expected *e)
{
  if (p->last.kind != KW_AT || !expects(e, KW_EXPECT)) return false;
  say_late_step(p, p->last.span);
  return true;
}

static bool missing(Parser *p, const Expected *e)
{
  if (!begins_any(p) || between_clauses(e)) return false;
  Diag *diag = say(p, E0121, behind(p), "something is missing after this");
  diag_help(diags_of(p), diag, "here should stand %s", wanted(p, e));
  return true;
}

static bool habit(Parser *p, const Expected *e)
{
  const char *help = habit_help(p);
  (void)e;
  if (!help) return false;
  Diag *diag = say(p, E0120, p->last.span, "%s cannot stand here", found(p));
  diag_help(diags_of(p), diag, "%s", help);
  return true;
}

static bool not_here(Parser *p, const Expected *e)
{
  Diag *diag = say(p, E0120, p->last.span, "%s cannot stand here", found(p));
  diag_help(diags_of(p), diag, "here could stand %s", wanted(p, e));
  return true;
}

/* A file that begins with a brace holds data, such as events in JSON; nothing in it is worth another word. */
static bool data_file(Parser *p, const Expected *e)
{
  (void)e;
  if (p->last.kind != '{' || p->before.kind != 0) return false;
  Diag *diag = say(p, E0120, p->last.span, "this looks like a file of data, not of rules");
  diag_help(diags_of(p), diag, "name the rule file; rules begin with a word, such as `use` or `event`");
  p->stopped = p->muted = true;
  return true;
}

/* `A where x and y within 2 d`: the bound stands behind y, which is no event. */
static bool bound_behind_value(Parser *p, const Expected *e)
{
  bool bound = p->last.kind == KW_WITHIN || p->last.kind == KW_BY;
  if (!bound || !between_clauses(e) || (p->clause != KW_SMOTO && p->clause != KW_SCO)) return false;
  Diag *diag = say(p, E0120, p->last.span, "%s cannot stand here", found(p));
  diag_help(diags_of(p), diag,
            "a bound stands behind an event; what is asked of the event before it stands in parentheses: "
            "`CallEnded where (resolved and wait < 1 min) within 2 d`");
  return true;
}

static bool for_behind_time(Parser *p, const Expected *e)
{
  const Opener *open = open_brace(p);
  if (p->last.kind != KW_FOR || !expects(e, KW_EXPECT) || !open || open->block != IN_TEST) return false;
  Diag *diag = say(p, E0120, p->last.span, "%s cannot stand here", found(p));
  diag_help(diags_of(p), diag, "the key stands before the time: `expect missed OnTime for \"c1\" at 2026-03-02 09:00`");
  return true;
}

typedef bool (*Rule)(Parser *p, const Expected *e);

static const Rule RULES[] = {
  data_file, surplus_bracket, module_late, step_behind, habit, open_parenthesis, forgotten_brace, open_values,
  said_twice, small_parameter, unknown_unit, missing_unit, misspelt, misspelt_before,
  small_before, wrong_capital, keyword_as_name, missing_kind, for_behind_time, bound_behind_value, wrong_block,
  missing_open_brace, colon, field_without_colon, missing, not_here,
};

/* A line gets one message; so does a clause that lacks its end, whose error is
 * noticed at the next line only. */
static bool already_said(const Parser *p)
{
  if (p->muted || p->error_line == p->last.line + 1) return true;
  bool resumed = p->resumed_at == p->last.span.start + 1;
  return begins_any(p) && !resumed && p->error_line == p->before.line + 1;
}

void explain_syntax_error(Parser *p, const int *expected, int n)
{
  Expected e = {expected, n};
  p->close_to = brace_forgotten(p);
  if (already_said(p)) return;
  for (size_t i = 0; i < sizeof RULES / sizeof *RULES; i++) {
    if (RULES[i](p, &e)) return;
  }
}

/* ---- mistakes that the grammar itself recognises ------------------------------------------ */

void say_too_deep(Parser *p, Span span)
{
  if (!p->stopped) {
    Diag *diag = say(p, E0128, span, "brackets are nested too deep here; %d in one another is the most",
                     PARSE_NESTING);
    diag_help(diags_of(p), diag, "name parts of it with `def`, or of an event with `event … is … where`");
  }
  p->stopped = p->muted = true;
}

void say_too_long(Parser *p, Span span)
{
  if (p->too_long_said) return;
  p->too_long_said = true;
  span.end = span.start + 1;
  Diag *diag = say(p, E0129, span, "this expression has more than %d operators in one chain", PARSE_DEPTH);
  diag_help(diags_of(p), diag, "name parts of it with `def`, or of an event with `event … is … or …`");
}

void say_equals(Parser *p, Span span)
{
  Diag *diag = say(p, E0122, span, "two values are compared with `==`");
  diag_fix(diags_of(p), diag, span, "==");
}

void say_two_bounds(Parser *p, Span first, Span second)
{
  Diag *diag = say(p, E0119, second, "this has a second bound");
  diag_note(diags_of(p), diag, first, "the first one is here");
  diag_help(diags_of(p), diag, "keep one; for both, say it twice with `and`");
}

void say_late_step(Parser *p, Span span)
{
  Span word = {span.file, span.start, span.start + 1};
  Diag *diag = say(p, E0131, word, "in a test, all the steps stand before the first `expect`");
  diag_help(diags_of(p), diag, "move this up, or write a second test");
}

void say_never_closed(Parser *p, const Opener *opener)
{
  if (p->muted) return;
  Diag *diag = say(p, E0125, at_byte(p, opener->at), "this `{` is never closed");
  diag_help(diags_of(p), diag, "write `}` where what belongs to it ends");
  p->muted = true;
}

void check_has_unit(Parser *p, AstExpr *value)
{
  if (value->n.kind != AX_INT && value->n.kind != AX_DECIMAL) return;
  bool newest = p->before.span.start == value->n.span.start; /* then the token behind it was read */
  if (!newest || !unknown_unit(p, NULL)) say_no_unit(p, value->n.span);
  value->n.kind = AX_ERROR;
}

void check_arm_order(Parser *p, AstName before, AstName label)
{
  if (keyword_token(p, before.sym) != KW_ELSE) return;
  Diag *diag = say(p, E0132, label.span, "nothing comes after `else:`");
  diag_help(diags_of(p), diag, "`else:` takes what no other case takes; write it last");
}
