/*
 * habits.c - what people write who know another language, and how it is said here.
 */
#include "grammar/habits.h"

#include <string.h>

#include "grammar/mot.tab.h"

typedef struct Habit {
  int token, before; /* the token that cannot stand, the one before it; 0: any */
  int clause;        /* the word that begins the clause; 0: any */
  uint32_t block;    /* Block set; 0: any */
  const char *word;  /* letters of the token before it; NULL: any */
  const char *help;
} Habit;

static const char LIST[] = "names in a list are separated by commas";
static const char PATTERN[] =
  "one event opens a moment; `or` gives a choice, `then` a sequence, `where` a condition on its fields";
static const char BOUND[] = "the time a happening has is written `within 4 h` or `by start.promised`";
static const char RANGE[] = "a range is written with two dots: mon..fri 08:00..17:00";
static const char PARAMETER[] = "a parameter is written with its type, such as `limit: duration`";
static const char MONEY[] = "an amount is written before its currency: 45 EUR";
static const char POINT[] = "decimals are written with a point: 5.50";
static const char PERSON[] = "owners and teams of another file are called by their short name alone: ana";
static const char AT_MOST[] = "write `at most 2`, `at least 2`, `exactly 2` or `no` before the event";

static const Habit HABITS[] = {
  {',', 0, 0, IN_EVENT, NULL, "fields are not separated by commas; delete it"},
  {',', 0, 0, IN_VALUES, NULL, "values are not separated by commas; delete it"},
  {KW_AND, 0, KW_FOR, 0, NULL, LIST},
  {KW_AND, 0, KW_PRODUCERS, 0, NULL, LIST},
  {KW_AND, 0, KW_WHEN, 0, NULL, PATTERN},
  {KW_AND, 0, KW_STARTS, 0, NULL, PATTERN},
  {KW_AND, 0, KW_ENDS, 0, NULL, PATTERN},
  {KW_AND, 0, KW_VOID, 0, NULL, PATTERN},
  {KW_AND, 0, KW_PAUSE, 0, NULL, PATTERN},
  {KW_THEN, KW_AND, 0, 0, NULL, "`and` joins conditions, `then` puts them in order; keep one of the two"},
  {KW_IN, UNAME, 0, 0, NULL, BOUND},
  {KW_OVER, UNAME, KW_SMOTO, 0, NULL, BOUND},
  {'<', UNAME, 0, 0, NULL, BOUND},
  {LE, UNAME, 0, 0, NULL, BOUND},
  {DURATION, KW_BEFORE, 0, 0, NULL, BOUND},
  {DURATION, UNAME, KW_SMOTO, 0, NULL, BOUND},
  {KW_IS, UNAME, 0, 0, NULL, "a condition on fields is written `where`, as in CallEnded where resolved"},
  {KW_PER, 0, KW_TARGET, 0, NULL, "the window of a target is written `over`, as in 95% over 7 d"},
  {KW_OVER, KW_TARGET, 0, 0, NULL, "first what is to be reached, then the window, as in 95% over 7 d"},
  {UNAME, LNAME, 0, 0, "more", AT_MOST},
  {INT, LNAME, 0, 0, "max", AT_MOST},
  {INT, LNAME, 0, 0, "maximum", AT_MOST},
  {LNAME, LNAME, 0, 0, "more", AT_MOST},
  {LNAME, LNAME, 0, 0, "if", "a condition is written without `if`"},
  {UNAME, LNAME, 0, 0, "if", "a condition is written without `if`"},
  {INT, UNAME, KW_IMPACT, 0, NULL, MONEY},
  {INT, UNAME, 0, 0, "EUR", MONEY},
  {DECIMAL, UNAME, 0, 0, "EUR", MONEY},
  {INT, UNAME, 0, 0, "USD", MONEY},
  {DECIMAL, UNAME, 0, 0, "USD", MONEY},
  {',', INT, 0, IN_MOT, NULL, POINT},
  {KW_IS, LNAME, 0, IN_MOT, NULL, "values are compared by `==`; what is true or false stands alone"},
  {'-', 0, 0, IN_CALENDAR, NULL, RANGE},
  {INT, 0, KW_OPEN, IN_CALENDAR, NULL, RANGE},
  {LNAME, '(', KW_DEF, 0, NULL, PARAMETER},
  {LNAME, ',', KW_DEF, 0, NULL, PARAMETER},
  {LNAME, '(', KW_PATTERN, 0, NULL, PARAMETER},
  {STRING, KW_USE, 0, 0, NULL, "a file is named without quotes, with dots between its folders: acme.care"},
  {'.', LNAME, KW_MANAGER, 0, NULL, PERSON},
  {'.', LNAME, KW_PRODUCERS, 0, NULL, PERSON},
  {'.', LNAME, KW_OWNER, 0, NULL, PERSON},
  {'.', LNAME, KW_LEAD, 0, NULL, PERSON},
  {'.', LNAME, KW_CHAIR, 0, NULL, PERSON},
  {'.', LNAME, KW_ALERT, 0, NULL, PERSON},
  {'.', LNAME, KW_REPORTS, 0, NULL, PERSON},
  {STRING, KW_MANAGER, 0, 0, NULL, "owners are called by their short name, without quotes: ana"},
};

static bool same_word(const Parser *p, const char *word)
{
  return !word || strcmp(sym_text(p->in->interner, p->before.sym), word) == 0;
}

static bool matches(const Parser *p, const Habit *habit, uint32_t block)
{
  if (habit->token != p->last.kind) return false;
  if (habit->before != 0 && habit->before != p->before.kind) return false;
  if (habit->clause != 0 && habit->clause != p->clause) return false;
  if (habit->block != 0 && (habit->block & block) == 0) return false;
  return same_word(p, habit->word);
}

const char *habit_help(const Parser *p)
{
  const Opener *open = open_brace(p);
  uint32_t block = open ? open->block : IN_FILE;
  for (size_t i = 0; i < sizeof HABITS / sizeof *HABITS; i++) {
    if (matches(p, &HABITS[i], block)) return HABITS[i].help;
  }
  return NULL;
}
