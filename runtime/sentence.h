/*
 * sentence.h - sentences of evidence, taken to pieces once so that a record soon has them in words.
 */
#ifndef MOT_RUNTIME_SENTENCE_H
#define MOT_RUNTIME_SENTENCE_H

#include "runtime/condition.h"
#include "runtime/json_put.h"

typedef enum SentenceHole { HOLE_NONE, HOLE_TIME, HOLE_COUNT } SentenceHole;

/* Text, escaped for JSON, and what stands behind it. */
typedef struct SentencePart {
  JsonPiece text;
  SentenceHole hole;
} SentencePart;

typedef struct Sentence {
  const SentencePart *parts;
  uint32_t count;
  uint32_t room;               /* bytes that it takes at most */
} Sentence;

/* An instant that was written already: most sentences tell the one at which they were decided. */
typedef struct WrittenInstant {
  int64_t instant;
  const char *text;            /* not ended by NUL, without quotes */
  uint32_t len;                /* 0: none was */
} WrittenInstant;

/* The sentence in a string of the module, in the arena's memory. */
Sentence sentence_new(const Module *module, uint32_t string, Arena *arena);
/* Writes it with its time and its count at `to`, returns the place behind. */
char *put_sentence(char *to, const Sentence *sentence, const Evidence *evidence, const WrittenInstant *written);

#endif
