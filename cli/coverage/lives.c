/*
 * lives.c - moments and SCOs of a test that are open, or were.
 */
#include "cli/coverage/lives.h"

#include <stdlib.h>
#include <string.h>

/* ---- keys ---- */

const char *life_key(const Life *life, size_t key, size_t *ret_size)
{
  for (size_t at = 0; at < life->keys_size; key--) {
    memcpy(ret_size, life->keys + at, sizeof *ret_size);
    at += sizeof *ret_size;
    if (key == 0) return life->keys + at;
    at += *ret_size;
  }
  return NULL;
}

static bool copy_keys(Life *life, const mot_run *run, const mot_trace *step)
{
  size_t size, used = 0;
  const char *key;
  for (size_t i = 0; mot_trace_key(run, step, i, &size); i++) life->keys_size += sizeof size + size;
  life->keys = malloc(life->keys_size + 1);
  for (size_t i = 0; life->keys && (key = mot_trace_key(run, step, i, &size)); i++) {
    memcpy(life->keys + used, &size, sizeof size);
    memcpy(life->keys + used + sizeof size, key, size);
    used += sizeof size + size;
  }
  return life->keys != NULL;
}

static bool same_keys(const Life *life, const mot_run *run, const mot_trace *step)
{
  size_t size, its;
  const char *key;
  for (size_t i = 0; (key = mot_trace_key(run, step, i, &size)); i++) {
    const char *own = life_key(life, i, &its);
    if (!own || its != size || memcmp(own, key, size) != 0) return false;
  }
  return true;
}

bool life_same_journey(const Life *life, const mot_run *run, const mot_trace *step)
{
  return life->experience == step->experience && life->started == step->started && life->journey == step->journey &&
    same_keys(life, run, step);
}

/* ---- lives ---- */

bool lives_put(Lives *lives, Life life)
{
  if (lives->count == lives->room) {
    size_t room = lives->room ? 2 * lives->room : 16;
    Life *data = realloc(lives->data, room * sizeof *data);
    if (!data) {
      free(life.keys);
      return false;
    }
    lives->data = data;
    lives->room = room;
  }
  lives->data[lives->count++] = life;
  return true;
}

bool lives_add(Lives *lives, const mot_run *run, const mot_trace *step)
{
  bool sco = step->mot == MOT_NOT_FOUND;
  Life life = {.experience = step->experience, .mot = step->mot, .moment = sco ? 0 : step->moment,
               .journey = step->journey, .started = step->started, .opened = sco ? step->started : step->opened,
               .deadline = step->deadline};
  return copy_keys(&life, run, step) && lives_put(lives, life);
}

Life *lives_find(Lives *lives, const mot_run *run, const mot_trace *step)
{
  bool sco = step->mot == MOT_NOT_FOUND;
  for (size_t i = lives->count; i-- > 0;) {
    Life *life = &lives->data[i];
    bool same = life->mot == step->mot && (sco || (life->moment == step->moment && life->opened == step->opened));
    if (same && life_same_journey(life, run, step)) return life;
  }
  return NULL;
}

Life lives_take(Lives *lives, Life *life)
{
  Life taken = *life;
  *life = lives->data[--lives->count];
  return taken;
}

void lives_clear(Lives *lives)
{
  for (size_t i = 0; i < lives->count; i++) free(lives->data[i].keys);
  lives->count = 0;
}

void lives_free(Lives *lives)
{
  lives_clear(lives);
  free(lives->data);
  *lives = (Lives){0};
}
