/*
 * act_id.h - ids of alerts and corrections: RULE/KEYS/OPENING.
 *
 *   GettingOnline.OnTime:missed-2/c1/o1/2026-03-02T09:00:00.000Z
 *
 * Rules are named once; an id is written piece by piece where there is room.
 */
#ifndef MOT_RUNTIME_ACT_ID_H
#define MOT_RUNTIME_ACT_ID_H

#include "base/mem.h"
#include "bytecode/module.h"
#include "runtime/instant.h"

typedef struct ActRule {
  const char *text;
  uint32_t len;
} ActRule;

/* The names of the rules by row of Action, in `arena`: `Experience.Mot:missed`, `Experience:void`, `Nsat.Goal:met`, with
 * `-2` and so on behind from the second action of the same owner and `when` on.  A name holds no `/`. */
const ActRule *act_rules_new(const Module *module, Arena *arena);

/* Bytes that a byte of a key can become, and that a number or an opening takes at most, the `/` before it
 * included. */
enum { ACT_ID_GROWTH = 3, ACT_ID_NUMBER = 11, ACT_ID_OPENING = INSTANT_TEXT_MAX + 1, ACT_ID_OVERDUE = 8 };

/* Each writes at `to` and returns the place behind; nothing is ended by NUL. */
char *act_id_rule(char *to, const ActRule *rule);
/* `/` and the text: `%`, `/`, spaces and control characters as %XX. */
char *act_id_key(char *to, const char *text, size_t len);
/* `/` and a number: that of a target among those of its MOT or goal, from 1. */
char *act_id_number(char *to, uint32_t number);
/* `/` and an instant. */
char *act_id_opening(char *to, int64_t instant);
/* `:overdue`. */
char *act_id_overdue(char *to);

#endif
