/*
 * rejects.h - dead letters that wait to be taken, and the names of the sources they came from.
 */
#ifndef MOT_RUNTIME_REJECTS_H
#define MOT_RUNTIME_REJECTS_H

#include "runtime/decode.h"

/* The name of a source; shared by its dead letters, which may outlive it. */
typedef struct SourceName {
  Mem *mem;
  size_t users;
  size_t size;            /* of the text with its NUL */
  char text[];
} SourceName;

/* A copy of `name` with one user. */
SourceName *source_name_new(Mem *mem, const char *name);
void source_name_drop(SourceName *name);

/* Those of one stretch of input, from one decoder. */
typedef struct RejectList {
  Mem *mem;
  Reject *data;
  size_t len, room;
} RejectList;

void reject_list_init(RejectList *list, Mem *mem);
void reject_list_free(RejectList *list);
void reject_list_add(RejectList *list, const Reject *reject);

typedef struct DeadLetter {
  Reject reject;
  SourceName *source;     /* a user of it */
} DeadLetter;

/* All that wait, first in first out. */
typedef struct Rejects {
  Mem *mem;
  DeadLetter *data;
  size_t first, end, room;
} Rejects;

void rejects_init(Rejects *rejects, Mem *mem);
void rejects_free(Rejects *rejects);
void rejects_put(Rejects *rejects, const Reject *reject, SourceName *source);
/* The next one, NULL: none; good until the next call for this queue. */
const DeadLetter *rejects_take(Rejects *rejects);

#endif
