/*
 * wanted.c - words for tokens.
 */
#include "grammar/wanted.h"

#include <string.h>

#include "grammar/mot.tab.h"

bool expects(const Expected *e, int token)
{
  for (int i = 0; i < e->n; i++) {
    if (e->tokens[i] == token) return true;
  }
  return false;
}

typedef struct Phrase {
  int token;
  const char *text;
} Phrase;

/* What comes after a word, where the word alone decides. */
static const Phrase AFTER[] = {
  {KW_MANAGER, "the name of an owner, such as ana"},
  {KW_LEAD, "the name of an owner, such as ana"},
  {KW_CHAIR, "the name of an owner, such as ana"},
  {KW_TO, "the name of an owner, such as ana"},
  {KW_OWNER, "the name of an owner, such as ana"},
  {KW_TEAM, "a name for the team, such as field_ops"},
  {KW_ALERT, "the name of an owner or a team"},
  {KW_PRODUCERS, "the name of a team, such as field_ops"},
  {KW_ROLE, "a role: experience_manager, mot_manager or producer"},
  {KW_WITHIN, "a length of time such as 15 min"},
  {KW_LATENESS, "a length of time such as 60 s"},
  {KW_IDLE, "a length of time such as 2 min"},
  {KW_AHEAD, "a length of time such as 5 min"},
  {KW_DEDUPE, "a length of time such as 1 d"},
  {KW_HOLD, "a length of time such as 10 min"},
  {KW_OVER, "a length of time such as 7 d"},
  {KW_STEP, "a length of time such as 1 h"},
  {KW_PER, "a length of time such as 1 d or 1 month"},
  {KW_EVERY, "a length of time such as 1 w, or `month`"},
  {KW_WHEN, "an event such as OrderPlaced"},
  {KW_LIKE, "the name of a kind, such as std.contact.CallEnded"},
  {KW_EVENT, "a name with a capital letter for the event"},
  {KW_EXPERIENCE, "a name with a capital letter for the experience"},
  {KW_MOT, "a name with a capital letter for the mot"},
  {KW_GOAL, "a name with a capital letter for the goal"},
  {KW_CALENDAR, "a name with a capital letter for the calendar"},
  {KW_METRIC, "a name with a capital letter for the metric"},
  {KW_NSAT, "a name with a capital letter"},
  {KW_REVIEW, "a name with a capital letter for the review"},
  {KW_PATTERN, "a name with a capital letter for the pattern"},
  {KW_SMOTO, "a condition, such as CallEnded within 4 h"},
  {KW_WHERE, "a comparison, such as wait > 5 min"},
  {KW_AND, "a condition"},
  {KW_OR, "a condition or an event"},
  {KW_NOT, "a condition"},
  {KW_THEN, "an event such as OrderPlaced"},
  {KW_BEFORE, "an event such as OrderPlaced"},
  {KW_WEIGHT, "a number such as 2, or a percentage"},
  {KW_TARGET, "what is to be reached, such as 95%"},
  {KW_IMPACT, "an amount such as -45 EUR"},
  {KW_MEASURE, "`sco`, a mot or a metric"},
  {KW_SCO, "the promise in quotes"},
  {KW_ZONE, "a time zone in quotes, such as \"Europe/Amsterdam\""},
  {KW_CONTACT, "an address in quotes"},
  {KW_TEST, "what the test shows, in quotes"},
  {KW_USE, "a name such as std.contact"},
  {KW_MODULE, "a name such as acme.broadband"},
  {KW_ALLOW, "a code such as W0301 and a reason in quotes"},
  {KW_CLOSED, "a day such as 2026-12-25, or a calendar whose closed days are taken over"},
};

static const Phrase TOKENS[] = {
  {LNAME, "a name in small letters"},
  {UNAME, "a name with a capital letter"},
  {STRING, "text in \"quotes\""},
  {INT, "a whole number"},
  {DECIMAL, "a number"},
  {PERCENT, "a percentage such as 95%"},
  {DURATION, "a length of time such as 15 min"},
  {CALSPAN, "a span such as 1 month"},
  {TIME, "a date or time such as 2026-03-02 09:00"},
  {TOD, "a time of day such as 08:00"},
  {LABEL, "a name with a colon, such as `customer:`"},
  {ULABEL, "a name with a colon"},
  {DOTDOT, "`..`"},
  {'{', "`{`"},
  {'}', "`}`"},
  {'(', "`(`"},
  {')', "`)`"},
  {',', "`,`"},
  {'=', "`=`"},
  {'.', "`.`"},
};

static const char *phrase_of(const Phrase *phrases, size_t n, int token)
{
  for (size_t i = 0; i < n; i++) {
    if (phrases[i].token == token) return phrases[i].text;
  }
  return NULL;
}

#define PHRASE(table, token) phrase_of((table), sizeof(table) / sizeof *(table), (token))

enum { LISTED = 7 }; /* the most things named in one message */

typedef struct Listing {
  const char *text[LISTED];
  int n;
  bool more;
} Listing;

static void list_put(Listing *list, const char *text)
{
  for (int i = 0; i < list->n; i++) {
    if (strcmp(list->text[i], text) == 0) return;
  }
  if (list->n < LISTED)
    list->text[list->n++] = text;
  else
    list->more = true;
}

static bool is_value(int token)
{
  return token == INT || token == DECIMAL || token == PERCENT || token == DURATION || token == CALSPAN ||
         token == TIME || token == STRING || token == LNAME || token == KW_TRUE || token == KW_FALSE ||
         token == KW_CASE || token == KW_MIN || token == KW_LAST || token == '-' || token == '(';
}

static bool is_condition(int token)
{
  return is_value(token) || token == UNAME || token == KW_NO || token == KW_AT || token == KW_EXACTLY ||
         token == KW_MISSED || token == KW_PRODUCED || token == KW_NOT;
}

static void list_keyword(Parser *p, Listing *list, int token)
{
  list_put(list, arena_printf(p->in->arena, "`%s`", keyword_of(token)));
}

/* The words that begin a clause here, most telling first. */
static void list_clauses(Parser *p, Listing *list, const Expected *e)
{
  const Opener *open = open_brace(p);
  if (open && p->last.kind == '{') open = open > p->openers.data ? open - 1 : NULL;
  uint32_t block = open ? open->block : IN_FILE;
  if (block == IN_VALUES) list_put(list, "the name of a field with its value");
  for (int i = 0; i < e->n && list->n < LISTED - 2; i++) {
    int token = e->tokens[i];
    if (token != KW_ALLOW && (keyword_starts(token) & block) != 0) list_keyword(p, list, token);
  }
  list->more = list->n == LISTED - 2;
  if (expects(e, LABEL)) list_put(list, PHRASE(TOKENS, LABEL));
}

static void list_expected(Parser *p, Listing *list, const Expected *e)
{
  bool value = expects(e, KW_TRUE), condition = value && expects(e, KW_EXACTLY);
  if (value) list_put(list, condition ? "a condition" : "a value");
  for (int i = 0; i < e->n; i++) {
    int token = e->tokens[i];
    bool covered = condition ? is_condition(token) : value && is_value(token);
    if (covered || keyword_of(token)) continue;
    const char *text = PHRASE(TOKENS, token);
    if (text && (e->n <= LISTED || (token != ',' && token != '.' && token != '('))) list_put(list, text);
  }
  for (int i = 0; i < e->n; i++) {
    int token = e->tokens[i];
    bool covered = condition ? is_condition(token) : value && is_value(token);
    if (!covered && keyword_of(token)) list_keyword(p, list, token);
  }
}

const char *wanted(Parser *p, const Expected *e)
{
  int before = p->before.kind;
  bool kind = before == KW_EVENT || before == KW_CALENDAR || before == KW_MOT; /* also `Hours: calendar` */
  bool told = e->n > 0 && !expects(e, '}') && (!kind || expects(e, UNAME));
  const char *after = told ? PHRASE(AFTER, before) : NULL;
  if (p->last.first == false && p->before.kind == 0) after = NULL;
  if (after) return after;
  Listing list = {0};
  if (expects(e, KW_ALLOW))
    list_clauses(p, &list, e);
  else
    list_expected(p, &list, e);
  if (list.n == 0) return "the end of the file";
  Buf buf;
  buf_init(&buf, p->in->arena);
  for (int i = 0; i < list.n; i++) {
    if (i > 0) buf_text(&buf, i + 1 == list.n && !list.more ? " or " : ", ");
    buf_text(&buf, list.text[i]);
  }
  if (list.more) buf_text(&buf, " …");
  return buf.data;
}

const char *found(Parser *p)
{
  const Token *t = &p->last;
  int len = (int)(t->span.end - t->span.start);
  const char *text = p->text + t->span.start;
  if (t->kind == 0) return "the end of the file";
  if (t->kind == STRING) return "this text";
  if (len > 60) return "this";
  switch (t->kind) {
  case LNAME:
  case UNAME: return arena_printf(p->in->arena, "the name `%.*s`", len, text);
  case INT:
  case DECIMAL: return arena_printf(p->in->arena, "the number %.*s", len, text);
  default: return arena_printf(p->in->arena, "`%.*s`", len, text);
  }
}

const char *block_phrase(uint32_t block)
{
  switch (block) {
  case IN_FILE: return "outside of all blocks";
  case IN_STREAM: return "in `stream`";
  case IN_CALENDAR: return "in a calendar";
  case IN_EVENT: return "among the fields of an event";
  case IN_OWNER: return "in an owner or team";
  case IN_EXPERIENCE: return "in an experience";
  case IN_MOT: return "in a mot";
  case IN_ACTIONS: return "in an `on` block";
  case IN_GOAL: return "in a goal";
  case IN_NSAT: return "in `nsat`";
  case IN_REVIEW: return "in a review";
  case IN_TEST: return "in a test";
  default: return "here";
  }
}

/* ---- nearest words ------------------------------------------------------------------------ */

/* Of each length how many letters may differ: one in three, at least one from four letters on. */
static unsigned nearness(const char *word, const char *other)
{
  unsigned limit = suggestion_limit(word);
  unsigned distance = edit_distance(word, other, limit);
  return distance <= limit ? distance : UINT32_MAX;
}

/* The word in small letters; false if it is too short or too long to be a keyword. */
static bool small_letters(const Parser *p, Sym word, char *small, size_t size)
{
  size_t len = sym_len(p->in->interner, word);
  if (len < 2 || len >= size) return false;
  memcpy(small, sym_text(p->in->interner, word), len + 1);
  if (small[0] >= 'A' && small[0] <= 'Z') small[0] = (char)(small[0] - 'A' + 'a');
  return true;
}

static int nearest(const Parser *p, Sym word, bool (*meant)(int token, const void *user), const void *user)
{
  char small[32];
  unsigned best = UINT32_MAX;
  int token = 0;
  if (!small_letters(p, word, small, sizeof small)) return 0;
  for (uint32_t i = 0; keyword_text(i); i++) {
    if (!meant(KW_MODULE + (int)i, user)) continue;
    unsigned distance = nearness(small, keyword_text(i));
    if (distance >= best) continue;
    best = distance;
    token = KW_MODULE + (int)i;
  }
  return token;
}

static bool is_expected(int token, const void *user)
{
  return expects(user, token);
}

static bool begins_or_joins(int token, const void *user)
{
  uint32_t starts = keyword_starts(token);
  return starts == 0 || (starts & *(const uint32_t *)user) != 0;
}

static bool begins(int token, const void *user)
{
  return (keyword_starts(token) & *(const uint32_t *)user) != 0;
}

int nearest_expected(const Parser *p, Sym word, const Expected *e)
{
  return nearest(p, word, is_expected, e);
}

int nearest_keyword(const Parser *p, Sym word, uint32_t block)
{
  return nearest(p, word, begins_or_joins, &block);
}

int nearest_clause(const Parser *p, Sym word, uint32_t block)
{
  return nearest(p, word, begins, &block);
}

typedef struct UnitHint {
  const char *unit, *write;
} UnitHint;

void help_unit(Parser *p, Diag *diag, const char *unit)
{
  static const UnitHint HINTS[] = {
    {"m", "min for minutes; `month` stands only after `per`, `over`, `step` and `every`"},
    {"mins", "min"}, {"minute", "min"}, {"sec", "s"}, {"secs", "s"}, {"hr", "h"}, {"hrs", "h"},
    {"wk", "w"}, {"wks", "w"}, {"day", "d"}, {"us", "ms"}, {"millis", "ms"}, {"month", "days: 30 d"},
    {"months", "days: 30 d"}, {"business", "open days of a calendar: within 5 open days of Office"},
    {"working", "open days of a calendar: within 5 open days of Office"}, {"year", "days: 365 d"},
    {"years", "days: 365 d"},
    {"percent", "% right behind the number: 95%"}, {"eur", "EUR: currencies are in capitals"},
    {"euro", "EUR"}, {"euros", "EUR"}, {"usd", "USD: currencies are in capitals"}, {"dollars", "USD"},
    {"gbp", "GBP: currencies are in capitals"},
  };
  for (size_t i = 0; i < sizeof HINTS / sizeof *HINTS; i++) {
    if (strcmp(HINTS[i].unit, unit) != 0) continue;
    diag_help(p->in->diags, diag, "write %s", HINTS[i].write);
    return;
  }
  diag_help(p->in->diags, diag, "the units are ms, s, min, h, d and w, also spelled out (2 days); "
                                "a currency has three capitals (45 EUR)");
}
