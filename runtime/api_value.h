/*
 * api_value.h - values of records as the public header has them.
 */
#ifndef MOT_RUNTIME_API_VALUE_H
#define MOT_RUNTIME_API_VALUE_H

#include "mot/mot.h"
#include "runtime/outcome.h"

/* The public type of a VALUE_. */
mot_type api_type(uint32_t type);
/* `base`: what the places of its texts count from, a record or the row of an event; NULL when it can have none. */
mot_value api_value(const Module *module, const void *base, const OutcomeValue *value);

#endif
