/*
 * keys.c - see keys.h.
 */
#include "cli/story/keys.h"

#include <stdlib.h>
#include <string.h>

#include "cli/nearest.h"
#include "cli/quantity.h"
#include "cli/say.h"

bool keys_begin(Keys *keys, const char *wanted)
{
  *keys = (Keys){.wanted = wanted, .room = 2 * (size_t)KEYS_KEPT};
  keys->hashes = calloc(keys->room, sizeof *keys->hashes);
  return keys->hashes != NULL;
}

void keys_free(Keys *keys)
{
  free(keys->hashes);
  for (int i = 0; i < KEYS_SHOWN; i++) {
    free(keys->near[i]);
    free(keys->first[i]);
  }
  *keys = (Keys){0};
}

/* FNV-1a, never 0. */
static uint64_t hash_of(const char *key, size_t size)
{
  uint64_t hash = UINT64_C(14695981039346656037);
  for (size_t i = 0; i < size; i++) hash = (hash ^ (unsigned char)key[i]) * UINT64_C(1099511628211);
  hash ^= hash >> 32;
  return hash ? hash : 1;
}

/* False: it was met before, or there is no place for more. */
static bool is_new(Keys *keys, const char *key, size_t size)
{
  uint64_t hash = hash_of(key, size);
  size_t at = hash % keys->room;
  while (keys->hashes[at] != 0 && keys->hashes[at] != hash) at = (at + 1) % keys->room;
  if (keys->hashes[at] == hash) return false;
  if (keys->count == KEYS_KEPT) {
    keys->more = true;
    return false;
  }
  keys->hashes[at] = hash;
  keys->count++;
  return true;
}

static char *copy_of(const char *key, size_t size)
{
  char *copy = malloc(size + 1);
  if (!copy) return NULL;
  memcpy(copy, key, size);
  copy[size] = '\0';
  return copy;
}

/* Puts it where it belongs among the nearest. */
static void put_near(Keys *keys, char *key, int distance)
{
  free(keys->near[KEYS_SHOWN - 1]);
  int at = KEYS_SHOWN - 1;
  for (; at > 0 && (!keys->near[at - 1] || keys->distances[at - 1] > distance); at--) {
    keys->near[at] = keys->near[at - 1];
    keys->distances[at] = keys->distances[at - 1];
  }
  keys->near[at] = key;
  keys->distances[at] = distance;
}

bool keys_meet(Keys *keys, const char *key, size_t size)
{
  if (!is_new(keys, key, size)) return true;
  char *copy = copy_of(key, size);
  if (!copy) return false;
  int distance = word_distance(keys->wanted, copy);
  const char *last = keys->near[KEYS_SHOWN - 1];
  size_t number = keys->count - 1;
  if (number < KEYS_SHOWN && !(keys->first[number] = copy_of(key, size))) {
    free(copy);
    return false;
  }
  bool near = distance <= NEAR_WORD && (!last || distance < keys->distances[KEYS_SHOWN - 1]);
  if (near) put_near(keys, copy, distance);
  else free(copy);
  return true;
}

static void say_list(const char *lead, char *const *list)
{
  if (list[2]) say_more("%s %s, %s and %s", lead, list[0], list[1], list[2]);
  else if (list[1]) say_more("%s %s and %s", lead, list[0], list[1]);
  else if (list[0]) say_more("%s %s", lead, list[0]);
}

void keys_say(const Keys *keys)
{
  char count[SHOWN_MAX];
  say("story: no event that the rules use has the key \"%s\"", keys->wanted);
  if (keys->count == 0) {
    say_more("there is no event with a key at all: are these the events of the rules?");
    return;
  }
  say_more("the events have %s%s key%s", keys->more ? "more than " : "", shown_count(keys->count, count),
           keys->count == 1 ? "" : "s");
  if (keys->near[0]) say_list("did you mean", keys->near);
  else say_list("such as", keys->first);
}
