/*
 * outcome_parts.h - what the two files that write records as JSON share.
 */
#ifndef MOT_RUNTIME_OUTCOME_PARTS_H
#define MOT_RUNTIME_OUTCOME_PARTS_H

#include "base/buf.h"
#include "runtime/instant.h"
#include "runtime/json_put.h"
#include "runtime/outcome.h"

/* ---- outcome_json.c ---- */

/* Names, instants and numbers that a record has beside its pieces. */
enum { RECORD_ROOM_BESIDE = 256 + PIECE_SPARE + 3 * (INSTANT_TEXT_MAX + 2) + 4 * JSON_NUMBER_MAX };

/* `before`, the text of the module escaped, `behind`. */
void form_text(Buf *buf, const char *before, const Module *module, uint32_t string, const char *behind);
/* With PIECE_SPARE bytes behind it. */
JsonPiece form_piece(Buf *buf);

char *put_word(char *to, const char *before, const char *word);
/* `,"experience":…,"mot":…,"key":{…}` of a record with keys. */
char *put_whose(char *to, const RecordForms *forms, const OutcomeRecord *record);
size_t whose_room(const RecordForms *forms, const OutcomeRecord *record);
/* A value that is there. */
char *put_value(char *to, const Module *module, const OutcomeRecord *record, const OutcomeValue *value);
size_t value_room(const Module *module, const OutcomeValue *value);

/* ---- outcome_act.c: records of targets, alerts, corrections, measures, goals, sentiments ---- */

typedef struct ActForms ActForms;
const ActForms *act_forms_new(const Module *module, Arena *arena);
/* A record but for its last brace. */
char *put_act(char *to, const RecordForms *forms, const ActForms *acts, const ActRecord *act);
size_t act_room(const RecordForms *forms, const ActForms *acts, const ActRecord *act);

#endif
