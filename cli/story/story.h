/*
 * story.h - one customer's story: what happened, what it brought about in which journey, and why.
 *
 * Steps and records of a run for one key are collected as they come, then joined: to each event, or instant at
 * which time alone did something, belongs what it brought about.  All of it lies in one arena; memory that is
 * refused leaves through mem->oom of that.
 */
#ifndef MOT_CLI_STORY_STORY_H
#define MOT_CLI_STORY_STORY_H

#include "mot/tools.h"
#include "report/outline.h"

/* A value of an event that the rules use. */
typedef struct StoryField {
  const char *name;
  mot_value value;             /* its text is the story's */
} StoryField;

typedef enum ItemKind {
  ITEM_STARTED, ITEM_OPENED, ITEM_TAKEN, ITEM_DEADLINE, ITEM_PAUSED, ITEM_RESUMED, ITEM_RISK, ITEM_RISK_OVER,
  ITEM_PART, ITEM_DECIDED, ITEM_OVER, ITEM_ALERT, ITEM_CORRECTION, ITEM_SENTIMENT
} ItemKind;

/* What is known of an item only by its record. */
typedef struct StoryRecord {
  unsigned kind;               /* MOT_RECORD_ */
  mot_record head;             /* `data` is none any more */
  const char *because;         /* NULL: none */
  mot_value group, impact, value;
  uint32_t produced, missed, voided;
  double disruption;
  mot_state state;
  const char *id, *severity, *text, *cause; /* NULL: none */
  uint32_t owner;
  int64_t due;
} StoryRecord;

typedef struct StoryItem {
  ItemKind kind;
  uint32_t journey;            /* in Story.journeys; MOT_NOT_FOUND: none */
  const mot_trace *step;       /* `data` is none any more; of acts: time, experience, mot */
  const StoryRecord *record;   /* NULL: it has none */
  int64_t stood;               /* RESUMED: how long the clock stood */
  bool folded;                 /* another item of the same moment says it, too */
  bool at_once;                /* DECIDED: it opened at the same event */
  bool standing;               /* DECIDED: while its clock stood */
} StoryItem;

/* An event, or (MOT_NOT_FOUND) an instant. */
typedef struct StoryHead {
  int64_t time;
  uint32_t event;
  const StoryField *fields;
  uint32_t field_count;
  size_t reached;              /* journeys that were there */
  uint32_t first, count;       /* in Story.items */
  uint32_t journey;            /* the one that it is about; MOT_NOT_FOUND: none, or several */
} StoryHead;

typedef struct StoryJourney {
  uint32_t experience, serial;
  const char *const *keys;     /* of all names of its `for` */
  size_t key_count;
  int64_t started, over;       /* over MOT_NO_TIME: it is not */
  mot_journey_end end;
  const StoryRecord *record;   /* of its end; NULL: none */
  const StoryItem *sco;        /* its decision; NULL: none yet */
  int64_t sco_deadline;
  bool hidden;                 /* no part of what is told: only JSON lists it */
} StoryJourney;

typedef struct Story {
  const mot_rules *rules;
  Words words;
  const char *key, *key_name;  /* the value; the name of what it is a value of, "" when nothing says */
  VEC(StoryJourney) journeys;
  VEC(StoryHead) heads;
  VEC(StoryItem) items;
  VEC(const StoryRecord *) open; /* what is undecided at the end; behind that, alerts and corrections by their latest record */
  uint32_t left_out;           /* heads before `from` */
  int64_t clock;               /* where it ends; MOT_NO_TIME: there was no event */
} Story;

/* ---- collect.c: what a run tells ---- */

typedef struct StorySteps StorySteps;
enum {
  STORY_RECORDS = MOT_RECORD_MOMENT | MOT_RECORD_SCO | MOT_RECORD_JOURNEY | MOT_RECORD_OPEN | MOT_RECORD_ALERT |
                  MOT_RECORD_CORRECTION | MOT_RECORD_SENTIMENT
};
/* Of one experience alone, or (MOT_NOT_FOUND) of all. */
StorySteps *story_begin(Arena *arena, const mot_rules *rules, uint32_t experience);
/* Takes all that the run has. */
void story_take(StorySteps *steps, mot_run *run);

/* ---- join.c ---- */

/* `scratch` is for words. */
Story *story_join(StorySteps *steps, Arena *scratch, const char *key, int64_t clock);

/* ---- choose.c: a part of it ---- */

/* Only journeys that `which` means: by their number in the story, or by the value of one of their further names.  False:
 * there is none. */
bool story_only(Story *story, const char *which);
bool story_is_journey(const Story *story, uint32_t journey, const char *which);
/* Heads before `from` are left out. */
void story_from(Story *story, int64_t from);

/* ---- tell.c, about.c: in words, which stand until the page is turned ---- */

/* A line about an item: a sign, what happened, and in smaller letters the reason ("": none). */
typedef struct StoryLine {
  const char *sign, *text, *note;
  Tone tone;
} StoryLine;
StoryLine story_line(const Story *story, const StoryItem *item);
/* "plan basic, price 29.90 EUR" */
const char *story_fields(const Story *story, const StoryHead *head);
/* "OrderPlaced"; "by the clock", when time alone did it */
const char *story_head(const Story *story, const StoryHead *head);
/* What there is to say of an event that brought nothing; "" of others. */
const char *story_unheard(const StoryHead *head);
/* "Monday 2 March 2026"; "12:31:05"; "2026-03-02 12:31:05" */
const char *story_day(const Story *story, int64_t time);
const char *story_clock(const Story *story, int64_t time);
const char *story_time(const Story *story, int64_t time);
/* "+3 d 2 h", since its journey began; "" when it is about none or several. */
const char *story_elapsed(const Story *story, const StoryHead *head);
/* "Getting online, order o1000" */
const char *story_journey(const Story *story, const StoryJourney *journey);
/* Sentences of what became of it, NULL at the end. */
const char *const *story_figures(const Story *story, const StoryJourney *journey);
/* "customer c045"; "2 journeys, 34 events, from … to …" */
const char *story_title(const Story *story);
const char *story_summary(const Story *story);
/* What is still open, at the end: a line of Story.open. */
const char *story_open(const Story *story, const StoryRecord *record);
/* "Field operations" */
const char *story_owner(const Story *story, uint32_t owner);
/* "[2] " when there are several journeys. */
const char *story_tag(const Story *story, uint32_t journey);
/* Number of a journey by one of its records; MOT_NOT_FOUND: none. */
uint32_t story_find(const Story *story, uint32_t experience, int64_t started, uint32_t serial);

/* The source of a part of a condition, in one line; "" when it is not at hand. */
const char *story_part(const Story *story, uint32_t experience, uint32_t mot, uint32_t part);

/* ---- fold.c: what is shown together ---- */

/* How many heads from `first` on of the same day brought nothing and are told in one line; 0: fewer than four. */
uint32_t story_folds(const Story *story, uint32_t first);
/* "12 more: 10 CallEnded, 2 Complaint, until 18:20" */
const char *story_folded(const Story *story, uint32_t first, uint32_t count);
bool story_same_day(const Story *story, int64_t a, int64_t b);

/* ---- layouts ---- */

/* What is written goes out head by head, so that long stories take no more room than short ones. */
typedef struct StoryPage {
  Buf buf;
  RenderSink sink;
  bool refused;                /* the sink takes no more */
} StoryPage;
/* Hands on what is written, and forgets the words it was written with. */
void story_turn(const Story *story, StoryPage *page);

void story_text(const Story *story, StoryPage *page, unsigned width, bool color);
void story_markdown(const Story *story, StoryPage *page);
void story_json(const Story *story, StoryPage *page);
void story_html(const Story *story, StoryPage *page);

#endif
