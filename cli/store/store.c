/*
 * store.c - the database: opened, written in transactions, closed; rows column by column.
 */
#include "cli/store/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/progress.h"
#include "cli/say.h"
#include "mot/tools.h"

#define SECOND INT64_C(1000000)
#define DAY (86400 * SECOND)

/* What tells our databases from others: "mot1", and the version of their tables. */
enum { STORE_APPLICATION = 0x6d6f7431, STORE_VERSION = 1 };
/* A live run is settled so often, in seconds; any run after so many records. */
enum { SETTLE_SECONDS = 2, SETTLE_RECORDS = 1000000, BUSY_MILLISECONDS = 10000 };

/* ---- errors ---- */

bool store_failed(const Store *store)
{
  int code = store->db ? sqlite3_errcode(store->db) : SQLITE_NOMEM;
  const char *why = store->db ? sqlite3_errmsg(store->db) : "there is not enough memory";
  switch (code & 0xff) {
  case SQLITE_NOTADB: say("%s: this is no SQLite database; it stays as it is", store->path); return false;
  case SQLITE_BUSY:
  case SQLITE_LOCKED: say("%s: another program writes to this database; try again when it is done", store->path); break;
  case SQLITE_FULL: say("%s: the disk is full", store->path); break;
  case SQLITE_READONLY:
  case SQLITE_PERM: say("%s: this database cannot be written to", store->path); break;
  case SQLITE_CANTOPEN: say("%s: the database cannot be opened or made there", store->path); break;
  case SQLITE_IOERR:
    say("%s: the database cannot be read or written: %s", store->path, strerror(sqlite3_system_errno(store->db)));
    break;
  case SQLITE_CORRUPT: say("%s: this database is damaged", store->path); break;
  default: say("%s: %s", store->path, why); break;
  }
  if (store->run > 0)
    say_more("what was written before is whole; the same run over the same events writes the rest, nothing twice");
  return false;
}

static bool execute(Store *store, const char *text)
{
  return sqlite3_exec(store->db, text, NULL, NULL, NULL) == SQLITE_OK || store_failed(store);
}

/* ---- transactions ---- */

static bool begin(Store *store)
{
  if (store->within) return true;
  store->within = execute(store, "BEGIN IMMEDIATE");
  return store->within;
}

bool store_commit(Store *store)
{
  if (!store->within) return true;
  if (!execute(store, "COMMIT")) return false;
  store->within = false;
  store->waiting = 0;
  store->committed = clock_seconds();
  return true;
}

bool store_settle(Store *store)
{
  bool due = store->waiting >= SETTLE_RECORDS;
  if (store->live && store->waiting > 0) due = due || clock_seconds() - store->committed >= SETTLE_SECONDS;
  return !due || store_commit(store);
}

/* ---- opening ---- */

/* What a pragma answers, -1 after saying why it does not. */
static int64_t asked(Store *store, const char *text)
{
  sqlite3_stmt *statement;
  int64_t ret = -1;
  if (sqlite3_prepare_v2(store->db, text, -1, &statement, NULL) != SQLITE_OK) return store_failed(store), -1;
  int step = sqlite3_step(statement);
  if (step == SQLITE_ROW) ret = sqlite3_column_int64(statement, 0);
  sqlite3_finalize(statement);
  if (step != SQLITE_ROW) store_failed(store);
  return ret;
}

static bool make_tables(Store *store)
{
  char pragmas[120];
  snprintf(pragmas, sizeof pragmas, "PRAGMA application_id = %d; PRAGMA user_version = %d", STORE_APPLICATION,
           STORE_VERSION);
  return execute(store, store_schema) && execute(store, pragmas);
}

/* Within a transaction, so that two programs do not make the tables at once. */
static bool check_tables(Store *store)
{
  int64_t objects = asked(store, "SELECT count(*) FROM sqlite_schema");
  if (objects < 0) return false;
  if (objects == 0) return make_tables(store);
  int64_t application = asked(store, "PRAGMA application_id"), version = asked(store, "PRAGMA user_version");
  if (application != STORE_APPLICATION) {
    say("%s: this database holds something else than records of mot; it stays as it is", store->path);
    say_more("name a file that does not exist yet");
    return false;
  }
  if (version == STORE_VERSION) return true;
  say("%s: the tables of this database are of version %lld, this program writes version %d; it stays as it is",
      store->path, (long long)version, STORE_VERSION);
  say_more("name a file that does not exist yet, or use the program that made it");
  return false;
}

static bool begin_run(Store *store)
{
  StoreRow row;
  char hash[33];
  mot_rules_hash(store->rules, hash);
  if (!store_begin(store, &row, STORE_RUN)) return false;
  store_text(&row, hash);
  store_text(&row, mot_version());
  if (!store_done(&row)) return false;
  int64_t run = sqlite3_last_insert_rowid(store->db);
  if (!store_begin(store, &row, STORE_RULES)) return false;
  store_text(&row, hash);
  store_int(&row, run);
  if (!store_done(&row) || !(store->run = run, store_rules(store))) return false;
  return store_commit(store);
}

bool store_open(Store *store, const char *path, const mot_rules *rules, bool fresh, bool live)
{
  *store = (Store){.path = path, .rules = rules, .fresh = fresh, .live = live};
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
  if (sqlite3_open_v2(path, &store->db, flags, NULL) != SQLITE_OK) return store_failed(store);
  sqlite3_extended_result_codes(store->db, 0);
  sqlite3_busy_timeout(store->db, BUSY_MILLISECONDS);
  if (!begin(store) || !check_tables(store) || !store_commit(store)) return false;
  /* readers of a live run do not wait for it */
  if (live && !execute(store, "PRAGMA journal_mode = WAL")) return false;
  if (!execute(store, "PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY")) return false;
  return begin_run(store);
}

void store_close(Store *store)
{
  for (int i = 0; i < STORE_STATEMENTS; i++) sqlite3_finalize(store->statements[i]);
  sqlite3_close(store->db); /* rolls back what was not settled */
  free(store->key.bytes);
  free(store->group.bytes);
  *store = (Store){.db = NULL};
}

/* ---- rows ---- */

bool store_begin(Store *store, StoreRow *ret_row, StoreStatement which)
{
  *ret_row = (StoreRow){.store = store};
  if (!begin(store)) return false;
  sqlite3_stmt **statement = &store->statements[which];
  if (!*statement) {
    int code = sqlite3_prepare_v3(store->db, store_texts[which], -1, SQLITE_PREPARE_PERSISTENT, statement, NULL);
    if (code != SQLITE_OK) return store_failed(store);
  }
  ret_row->statement = *statement;
  return true;
}

void store_int(StoreRow *row, int64_t value)
{
  sqlite3_bind_int64(row->statement, ++row->column, value);
}

static void put_double(StoreRow *row, double value)
{
  sqlite3_bind_double(row->statement, ++row->column, value);
}

static void put_null(StoreRow *row)
{
  sqlite3_bind_null(row->statement, ++row->column);
}

void store_score(StoreRow *row, double value)
{
  if (value < 0) put_null(row);
  else put_double(row, value);
}

static void put_text(StoreRow *row, const char *text, size_t size)
{
  sqlite3_bind_text64(row->statement, ++row->column, text, size, SQLITE_STATIC, SQLITE_UTF8);
}

void store_text(StoreRow *row, const char *text)
{
  if (text) put_text(row, text, strlen(text));
  else put_null(row);
}

/* The date of a day since 1970, in UTC; most times are of a few days. */
static const char *date_text(Store *store, int64_t day)
{
  StoreDate *date = &store->dates[(uint64_t)day % STORE_DATES];
  if (!date->text[0] || date->day != day) shown_instant(day * DAY, date->text);
  date->day = day;
  return date->text;
}

static void put_digits(char *to, int64_t value, int count)
{
  for (; count > 0; value /= 10) to[--count] = (char)('0' + value % 10);
}

/* "2026-03-02T09:00:00.000000Z": texts of one length, so that they have the order of time. */
void store_time(StoreRow *row, int64_t time)
{
  static const char form[] = "2026-03-02T00:00:00.000000Z";
  enum { DATE = 10, HOUR_AT = 11, MINUTE_AT = 14, SECOND_AT = 17, MICROS_AT = 20 };
  if (time == MOT_NO_TIME) {
    put_null(row);
    return;
  }
  char *text = row->time[row->times++];
  int64_t day = time / DAY - (time % DAY < 0), of_day = time - day * DAY;
  memcpy(text, form, sizeof form);
  memcpy(text, date_text(row->store, day), DATE);
  put_digits(text + HOUR_AT, of_day / (3600 * SECOND), 2);
  put_digits(text + MINUTE_AT, of_day / (60 * SECOND) % 60, 2);
  put_digits(text + SECOND_AT, of_day / SECOND % 60, 2);
  put_digits(text + MICROS_AT, of_day % SECOND, 6);
  put_text(row, text, sizeof form - 1);
}

void store_day(StoreRow *row, int64_t time)
{
  enum { DATE = sizeof "2026-03-02" - 1 };
  char local[64], *text = row->time[row->times++];
  mot_rules_local_time(row->store->rules, time, local, sizeof local);
  memcpy(text, local, DATE);
  put_text(row, text, DATE);
}

static double major(const mot_value *value)
{
  double unit = 1;
  for (unsigned i = 0; i < value->exponent; i++) unit *= 10;
  return (double)value->integer / unit;
}

void store_value(StoreRow *row, const mot_value *value)
{
  const char *unit = NULL;
  switch (value->type) {
  case MOT_TYPE_NONE: put_null(row); break;
  case MOT_TYPE_NUMBER: put_double(row, value->number); break;
  case MOT_TYPE_PERCENT:
    put_double(row, 100 * value->number);
    unit = "%";
    break;
  case MOT_TYPE_TEXT: put_text(row, value->text, value->size); break;
  case MOT_TYPE_TIME: store_time(row, value->integer); break;
  case MOT_TYPE_DURATION:
    store_int(row, value->integer / 1000);
    unit = "ms";
    break;
  case MOT_TYPE_MONEY:
    put_double(row, major(value));
    unit = value->currency;
    break;
  default: store_int(row, value->integer);
  }
  store_text(row, unit);
}

void store_plain(StoreRow *row, const mot_value *value)
{
  store_value(row, value);
  row->column--; /* what comes next stands in the place of the unit */
}

void store_owner(StoreRow *row, uint32_t owner)
{
  mot_owner_info info = {.name = ""};
  mot_rules_owner_info(row->store->rules, owner, &info);
  store_text(row, info.name);
}

static bool step(StoreRow *row)
{
  int code = sqlite3_step(row->statement);
  if (code != SQLITE_DONE) store_failed(row->store);
  sqlite3_reset(row->statement);
  return code == SQLITE_DONE;
}

bool store_done(StoreRow *row)
{
  return step(row);
}

bool store_done_next(StoreRow *row, int column)
{
  for (int64_t number = 0;; number++) {
    sqlite3_bind_int64(row->statement, column, number);
    if (!step(row)) return false;
    if (sqlite3_changes(row->store->db) > 0) return true;
  }
}

/* ---- JSON ---- */

void store_more(StoreText *to, const char *text, size_t size)
{
  if (to->size + size + 1 > to->room) {
    size_t room = 2 * (to->size + size) + 64;
    char *bytes = realloc(to->bytes, room);
    to->refused = to->refused || !bytes;
    if (!bytes) return;
    to->bytes = bytes;
    to->room = room;
  }
  memcpy(to->bytes + to->size, text, size);
  to->size += size;
  to->bytes[to->size] = 0;
}

void store_json_text(StoreText *to, const char *text, size_t size)
{
  char escape[8];
  store_more(to, "\"", 1);
  for (size_t i = 0; i < size; i++) {
    unsigned char c = (unsigned char)text[i];
    if (c == '"' || c == '\\') store_more(to, "\\", 1);
    if (c >= 0x20) store_more(to, text + i, 1);
    else store_more(to, escape, (size_t)snprintf(escape, sizeof escape, "\\u%04x", c));
  }
  store_more(to, "\"", 1);
}
