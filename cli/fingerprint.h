/*
 * fingerprint.h - what tells a line of a rule file apart from others, however lines move.
 */
#ifndef MOT_CLI_FINGERPRINT_H
#define MOT_CLI_FINGERPRINT_H

#include "mot/mot.h"

typedef struct Fingerprints {
  const char *file;
  const mot_compilation *compilation;
  uint64_t *hashes;     /* of line 1, 2, … */
  uint32_t *repeats;    /* the how manieth line with this hash */
  uint32_t count;
} Fingerprints;

enum { FINGERPRINT_ROOM = 32 };

/* What GitHub calls `primaryLocationLineHash`, as its upload action works it out: the same value again.
 * `ret_text` is "" when the file has no such line.  Fingerprints start as zero and are kept for the file asked
 * about last; false: there is no memory. */
bool fingerprint(Fingerprints *prints, mot_compilation *compilation, const mot_place *place,
                 char ret_text[FINGERPRINT_ROOM]);
void fingerprints_free(Fingerprints *prints);

#endif
