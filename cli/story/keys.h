/*
 * keys.h - which keys there are, when the one that was asked for is not among them.
 */
#ifndef MOT_CLI_STORY_KEYS_H
#define MOT_CLI_STORY_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { KEYS_SHOWN = 3, KEYS_KEPT = 1 << 20 };

typedef struct Keys {
  const char *wanted;
  uint64_t *hashes;            /* of those met; 0: a free place */
  size_t room, count;
  bool more;                   /* than are counted */
  char *near[KEYS_SHOWN], *first[KEYS_SHOWN]; /* NULL: none */
  int distances[KEYS_SHOWN];   /* of `near`, the nearest first */
} Keys;

/* False: there is no memory for it.  `wanted` must live as long; keys_free in any case. */
bool keys_begin(Keys *keys, const char *wanted);
bool keys_meet(Keys *keys, const char *key, size_t size);
void keys_free(Keys *keys);
/* Says on standard error that the wanted one is none of them, and which are near. */
void keys_say(const Keys *keys);

#endif
