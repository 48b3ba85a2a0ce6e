/*
 * store.h - records in an SQLite database: docs/sqlite.md describes it.
 *
 *   store_open - store_put … - store_end - store_close
 *
 * Each function that can fail has said why when it returns false.
 */
#ifndef MOT_CLI_STORE_STORE_H
#define MOT_CLI_STORE_STORE_H

#include <sqlite3.h>

#include "cli/quantity.h"
#include "mot/mot.h"

typedef enum StoreStatement {
  STORE_RUN, STORE_RUN_END, STORE_RULES, STORE_OWNER, STORE_EXPERIENCE, STORE_MOT, STORE_PRODUCER, STORE_METRIC,
  STORE_GOAL, STORE_TARGET, STORE_JOURNEY, STORE_SCO, STORE_MOMENT, STORE_ALERT, STORE_ALERT_HISTORY,
  STORE_CORRECTION, STORE_MEASURE, STORE_SENTIMENT, STORE_TARGET_CHANGE, STORE_TARGET_STANDING, STORE_GOAL_CHANGE,
  STORE_GOAL_FORGET, STORE_GOAL_STANDING, STORE_EVENT, STORE_UNMAPPED, STORE_STATEMENTS
} StoreStatement;

/* Text that grows. */
typedef struct StoreText {
  char *bytes;
  size_t size, room;
  bool refused; /* memory was */
} StoreText;

/* A date that was written before. */
typedef struct StoreDate {
  int64_t day;
  char text[SHOWN_MAX]; /* empty: none */
} StoreDate;
enum { STORE_DATES = 64 };

typedef struct Store {
  const char *path;
  const mot_rules *rules;
  sqlite3 *db;
  sqlite3_stmt *statements[STORE_STATEMENTS];
  int64_t run;             /* number of this run in the database */
  bool fresh;              /* it does not go on from a saved state */
  bool live;               /* somebody may read while it is written */
  bool one_key;            /* of one customer: targets and goals were not evaluated, they stay as they are */
  bool within;             /* a transaction */
  unsigned waiting;        /* records in it */
  double committed;        /* when, in seconds of a clock */
  StoreText key, group;    /* JSON of the record at hand */
  StoreDate dates[STORE_DATES];
} Store;

/* Opens or makes the database and begins a run in it.  `store` can be closed in any case. */
bool store_open(Store *store, const char *path, const mot_rules *rules, bool fresh, bool live);
bool store_put(Store *store, mot_run *run, const mot_record *record);
/* Makes what was put seen by others, when that is due. */
bool store_settle(Store *store);
/* Figures of the run, and where targets and goals stand; `complete`: all input was read. */
bool store_end(Store *store, mot_run *run, bool complete);
/* What was not settled is as if it had never been put. */
void store_close(Store *store);

/* ---- between its parts ---- */

/* A row that is put: values from the first column to the last, then store_done. */
typedef struct StoreRow {
  Store *store;
  sqlite3_stmt *statement;
  int column;              /* the last that has a value */
  unsigned times;
  char time[8][32];        /* texts of times, until the row is put */
} StoreRow;

bool store_begin(Store *store, StoreRow *ret_row, StoreStatement which);
void store_int(StoreRow *row, int64_t value);
/* Negative: NULL. */
void store_score(StoreRow *row, double value);
/* NULL: NULL. */
void store_text(StoreRow *row, const char *text);
/* MOT_NO_TIME: NULL. */
void store_time(StoreRow *row, int64_t time);
/* The day of a time in the rules' zone. */
void store_day(StoreRow *row, int64_t time);
/* Two columns: the value, its unit. */
void store_value(StoreRow *row, const mot_value *value);
/* Its value alone. */
void store_plain(StoreRow *row, const mot_value *value);
/* A name or "". */
void store_owner(StoreRow *row, uint32_t owner);
/* Five columns: experience, MOT, NSAT, goal ("" where they do not apply), and the target as written. */
void store_target(StoreRow *row, uint32_t target);
bool store_done(StoreRow *row);
/* The same for rows told apart by a number from 0: `column` gets the first that is not of this run. */
bool store_done_next(StoreRow *row, int column);

void store_json_text(StoreText *to, const char *text, size_t size);
void store_more(StoreText *to, const char *text, size_t size);

extern const char store_schema[];
extern const char *const store_texts[STORE_STATEMENTS];
bool store_rules(Store *store);
/* Two columns, "" when there is none. */
void store_goal(StoreRow *row, uint32_t goal);
bool store_commit(Store *store);
/* Says what went wrong with the database; false. */
bool store_failed(const Store *store);

#endif
