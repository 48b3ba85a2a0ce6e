/*
 * words.h - values as they stand in the texts of alerts: docs/managing.md says how each type reads.
 *
 * Each function writes at `to` and returns the place behind; nothing is ended by NUL.
 */
#ifndef MOT_RUNTIME_WORDS_H
#define MOT_RUNTIME_WORDS_H

#include "bytecode/zonetime.h"
#include "runtime/vm_value.h"

/* Bytes that any value but a text takes at most. */
enum { WORDS_MAX = 112 };

/* "2026-03-02 09:00" in `zone`, with seconds when there are any. */
char *spell_time(char *to, ZoneView zone, int64_t instant);
/* "1 h 30 min", "0.25 ms", "0 s". */
char *spell_duration(char *to, int64_t micros);
/* "45.00 EUR"; `minor`: in minor units. */
char *spell_money(char *to, const Module *module, uint32_t currency, int64_t minor);
/* "95%"; `fraction` 0.95. */
char *spell_percent(char *to, double fraction);
char *spell_number(char *to, double value);
char *spell_int(char *to, int64_t value);

/* Where a value has its type from; MOT_NONE where that does not apply. */
typedef struct WordsType {
  uint32_t type;             /* VALUE_ */
  uint32_t currency, listed; /* rows */
} WordsType;

/* Any value; NULL: it is missing ("unknown").  It takes spell_room() bytes at most. */
char *spell_value(char *to, const Module *module, WordsType of, const VmValue *value);
size_t spell_room(const Module *module, WordsType of, const VmValue *value);

#endif
