/*
 * zone.h - a time zone by name, from the system's tz database into a module.
 *
 * A module carries its zones, so that a run needs no tz database and gives the
 * same records wherever it is.
 */
#ifndef MOT_COMPILER_ZONE_H
#define MOT_COMPILER_ZONE_H

#include <stdbool.h>

#include "bytecode/module.h"

/* The row of zone `name` ("Europe/Amsterdam") in b->Zone, added with its
 * transitions unless it is there already.  "UTC" needs no tz database.  False
 * with a sentence of at most reason_size bytes in `reason` when there is no such
 * zone (with names that are near) or no tz database; then `b` is unchanged. */
bool zone_load(ModuleBuilder *b, const char *name, uint32_t *ret_row, char *reason, size_t reason_size);

#endif
