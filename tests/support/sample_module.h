/* sample_module.h - a small valid module with rows in every table, for tests of what reads modules. */
#ifndef MOT_TESTS_SAMPLE_MODULE_H
#define MOT_TESTS_SAMPLE_MODULE_H

#include "bytecode/module.h"

/* Fills `b`, which was initialised. */
void sample_module(ModuleBuilder *b);

/* Rows of the sample by name. */
enum {
  SAMPLE_ORDER = 0, SAMPLE_CALL = 1,                   /* events */
  SAMPLE_ORDER_FIELDS = 0, SAMPLE_CALL_FIELDS = 8,     /* their first fields */
  SAMPLE_ON_ORDER = 0, SAMPLE_ON_CALL = 1, SAMPLE_ON_MISS = 2, /* triggers and handlers */
  SAMPLE_ANA = 0, SAMPLE_BEN = 1, SAMPLE_OPS = 2,      /* owners */
};
/* The function of a name, or MOT_NONE. */
uint32_t sample_function(const ModuleBuilder *b, const char *name);

#endif
