/*
 * plan_parts.h - what the files that make a plan share.
 */
#ifndef MOT_RUNTIME_PLAN_PARTS_H
#define MOT_RUNTIME_PLAN_PARTS_H

#include "runtime/plan.h"

/* A list of handlers, grown while a plan is made. */
typedef VEC(const HandlerPlan *) HandlerList;

/* The plan of each row of Handler. */
const HandlerPlan *plan_handlers(const Module *module, Arena *arena);

/* Calls `each` for every row of Handler, in order of the experiences. */
typedef struct HandlerWalk {
  const Module *module;
  uint32_t experience, handler; /* the one at hand */
  uint32_t next;
} HandlerWalk;
/* False: there are no more.  Begin with the module and zeroes. */
bool next_handler(HandlerWalk *walk);

#endif
