/*
 * verify.h - the parts of the verifier, between its files.
 *
 * Each part checks one thing for the whole module, once, before anything else
 * looks at it, and is false with error->text set at the first fault found.
 * Later parts rely on what earlier ones have shown; module_verify calls them in
 * order.  All of them take time linear in the size of the module (layouts:
 * n log n) and memory from the scratch arena.
 */
#ifndef MOT_BYTECODE_VERIFY_H
#define MOT_BYTECODE_VERIFY_H

#include <stdio.h>

#include "bytecode/names.h"
#include "bytecode/module.h"

/* ---- what the parts share ---- */

/* The row that a row belongs to: the one whose range holds it.  table 0: none. */
typedef struct Parent {
  uint32_t table, row;
} Parent;

typedef struct Verifier {
  const Module *module;
  Arena *scratch;
  ModuleError *error;
  Parent *parents[SECTION_COUNT]; /* by table and row (verify_owned.c) */
  uint8_t *engine_slot;           /* by slot: the engine keeps something there, code must not write it */
  uint8_t *uses_journey;          /* by function: reads or writes a journey (verify_code.c) */
} Verifier;

/* A row, to speak of it. */
typedef struct Place {
  Verifier *v;
  SectionId table;
  uint32_t row;
} Place;

#define ROW(T) (&at.v->module->T[at.row])

/* Classes of values in registers, and of slots. */
typedef enum ValueClass { CLASS_NONE, CLASS_B, CLASS_I, CLASS_F, CLASS_S, CLASS_T, CLASS_END } ValueClass;
ValueClass value_class(uint32_t value);     /* of a VALUE_ */
ValueClass storage_class(uint32_t storage); /* of a STORAGE_; RING has none */

/* Lengths of time in rows may be as long as a rule can say (292,000 years): adding
 * one to an instant saturates (format.h). */
#define SPAN_MAX INT64_MAX

/* ---- saying what is wrong ---- */

/* Sets error->text and is false, to be returned. */
bool module_fail(ModuleError *error, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* "mots[3].size: …" unless `ok`; returns `ok`. */
bool need(Place at, bool ok, const char *field, const char *what);

/* Runs a check over all rows of a table. */
typedef struct TableCheck {
  SectionId table;
  bool (*check)(Place at);
} TableCheck;
bool verify_each(Verifier *v, const TableCheck *checks, size_t count);

/* ---- the parts, in order ---- */

bool module_verify(const Module *module, Arena *scratch, ModuleError *error); /* verify.c: all of them */

bool verify_strings(Verifier *v);    /* verify.c: UTF-8 without NUL */
bool verify_rows(Verifier *v);       /* verify.c: every field, by its kind */
bool verify_owned(Verifier *v);      /* verify_owned.c: ranges do not share rows; back references agree */
bool verify_facts(Verifier *v);      /* verify_facts.c: stream, events, people, zones, calendars, tests */
bool verify_layouts(Verifier *v);    /* verify_layout.c: records, what the engine keeps in them */
bool verify_functions(Verifier *v);  /* verify_function.c: what is at hand, where functions are used */
bool verify_measures(Verifier *v);   /* verify_measure.c: aggregates, targets, actions, goals */
bool verify_code(Verifier *v);       /* verify_code.c: every instruction */
bool verify_handlers(Verifier *v);   /* verify_handler.c: what handlers call */

/* ---- functions where they are used (verify_function.c) ---- */

/* What is at hand where a function is used, MOT_NONE: nothing.  A function may
 * assume less of the event and the outcome, but its subject must be the same. */
typedef struct AtHand {
  uint32_t event, source, source_sco;
  uint32_t experience, mot, correction;
} AtHand;
#define NOTHING_AT_HAND ((AtHand){MOT_NONE, MOT_NONE, MOT_NONE, MOT_NONE, MOT_NONE, MOT_NONE})
/* The event or outcome of a trigger (a row, or NONE) in an experience. */
AtHand at_hand(const Module *module, uint32_t trigger, uint32_t experience);
/* `function` (NONE: fine) suits what is at hand and results in `result` (CLASS_NONE: whatever). */
bool function_fits(Place at, const char *field, uint32_t function, AtHand hand, ValueClass result);
/* Rows first … first + count of a layout hold `slot`. */
static inline bool in_range(uint32_t row, uint32_t first, uint32_t count)
{
  return row >= first && row - first < count;
}

#endif
