/* zone_file.h - the files of the tz database, between zone.c and zone_names.c. */
#ifndef MOT_COMPILER_ZONE_FILE_H
#define MOT_COMPILER_ZONE_FILE_H

#include <stdbool.h>
#include <stdio.h>

#include "bytecode/module.h"

enum { ZONE_NAME_MAX = 64 };

/* Opens a file of the tz database, NULL if there is none such; *ret_database
 * tells whether there is a database at all. */
FILE *zone_file_open(const char *name, bool *ret_database);

/* Adds zone `name` as a TZif file has it; NULL, or what is wrong with it and
 * nothing was added. */
const char *zone_read(ModuleBuilder *b, const char *name, const void *bytes, size_t len, uint32_t *ret_row);

/* Writes "there is no time zone …", with the names that are nearest. */
void zone_names_near(Arena *arena, const char *name, char *reason, size_t reason_size);

#endif
