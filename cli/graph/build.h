/*
 * build.h - the pictures of rules.
 */
#ifndef MOT_CLI_GRAPH_BUILD_H
#define MOT_CLI_GRAPH_BUILD_H

#include "cli/graph/picture.h"
#include "mot/tools.h"

/* Of one experience, or (MOT_NOT_FOUND) of all of them, a panel each.  What the rules do not have gives no
 * panel. */
void build_experiences(Picture *picture, const mot_rules *rules, uint32_t experience);
void build_goals(Picture *picture, const mot_rules *rules, uint32_t experience);
/* Those who have to do with the experience. */
void build_owners(Picture *picture, const mot_rules *rules, uint32_t experience);

/* ---- words for them ---- */

/* How people call an owner: the title, else the name; "nobody" for MOT_NOT_FOUND. */
const char *owner_called(const mot_rules *rules, uint32_t owner);
/* Its colour, from 1; teams have the first ones.  The legend says whose it is. */
unsigned owner_tint(Picture *picture, const mot_rules *rules, uint32_t owner);
/* "Field operations, Customer care" */
const char *producers_called(Picture *picture, const mot_rules *rules, uint32_t mot);
/* "97% over 7 d min 30 cases; 80% over 1 d" */
const char *targets_text(Picture *picture, const mot_rules *rules, uint32_t first, uint32_t count);
/* A clause as it is written, in one line without comments; "" when there is none. */
const char *clause_text(Picture *picture, const mot_rules *rules, uint32_t experience, uint32_t mot,
                        mot_clause clause, size_t index);
/* Whether the clause stands in the text of a pattern, and then what the MOT says of it:
 * "std.contact.AnsweredWithin(…)"; NULL when it stands in the MOT itself. */
const char *clause_pattern(Picture *picture, const mot_rules *rules, uint32_t mot, mot_clause clause);
/* The condition of a MOT, or (MOT_NOT_FOUND) of the SCO. */
const char *condition_text(Picture *picture, const mot_rules *rules, uint32_t experience, uint32_t mot);
/* "60 d", "1 h 30 min" */
const char *length_text(Picture *picture, int64_t micros);
/* "missed", "produced", … */
const char *outcome_word(mot_outcome outcome);

#endif
