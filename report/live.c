/*
 * live.c - customers, and journeys that are not over.
 */
#include "report/live.h"

#include <string.h>

void live_init(Live *live, Arena *arena)
{
  *live = (Live){.arena = arena, .texts = intern_new(arena)};
  map_init(&live->customers, arena);
}

/* ---- customers ---- */

Customer *live_customer(Live *live, uint32_t experience, ReviewText key)
{
  Sym sym = intern(live->texts, key.text, key.size);
  uint64_t name = (uint64_t)experience << 32 | sym;
  Customer *customer = map_get(&live->customers, name);
  if (customer) return customer;
  customer = ARENA_NEW(live->arena, Customer);
  *customer = (Customer){.number = live->list.len, .experience = experience, .key = sym, .last = INT64_MIN};
  *VEC_PUSH(live->arena, &live->list) = customer;
  map_put(&live->customers, name, customer);
  return customer;
}

ReviewText live_key(const Live *live, const Customer *customer)
{
  return (ReviewText){sym_text(live->texts, customer->key), sym_len(live->texts, customer->key)};
}

/* ---- journeys ---- */

/* Where the name belongs, before others took places: Fibonacci hashing. */
static size_t home_of(const Live *live, uint64_t name)
{
  uint64_t mixed = (name ^ name >> 32) * 0x9e3779b97f4a7c15u;
  return (size_t)(mixed >> 20) & (live->journey_room - 1);
}

static size_t next_place(const Live *live, size_t place)
{
  return (place + 1) & (live->journey_room - 1);
}

/* The place of the name, or the free one where it would stand. */
static size_t place_of(const Live *live, uint64_t name)
{
  size_t place = home_of(live, name);
  while (live->journeys[place] && live->journeys[place]->name != name) place = next_place(live, place);
  return place;
}

static void journeys_grow(Live *live)
{
  Live old = *live;
  size_t room = old.journey_room ? old.journey_room * 2 : 64;
  Journey **journeys = mem_resize(live->arena->mem, NULL, 0, room * sizeof *journeys);
  if (!journeys) mem_fail(live->arena->mem);
  memset(journeys, 0, room * sizeof *journeys);
  live->journeys = journeys;
  live->journey_room = room;
  for (size_t i = 0; i < old.journey_room; i++)
    if (old.journeys[i]) journeys[place_of(live, old.journeys[i]->name)] = old.journeys[i];
  if (old.journeys) mem_resize(live->arena->mem, old.journeys, old.journey_room * sizeof *journeys, 0);
}

static uint64_t name_of(const Customer *customer, uint32_t serial)
{
  return (uint64_t)customer->number << 32 | serial;
}

Journey *live_find(const Live *live, const Customer *customer, uint32_t serial)
{
  return live->journey_room == 0 ? NULL : live->journeys[place_of(live, name_of(customer, serial))];
}

Journey *live_journey(Live *live, const Customer *customer, uint32_t serial)
{
  Journey *journey = live_find(live, customer, serial);
  if (journey) return journey;
  if (live->journey_count >= live->journey_room / 2) journeys_grow(live);
  journey = mem_resize(live->arena->mem, NULL, 0, sizeof *journey);
  if (!journey) mem_fail(live->arena->mem);
  *journey = (Journey){
    .name = name_of(customer, serial), .experience = customer->experience, .decided = MOT_NO_TIME};
  live->journeys[place_of(live, journey->name)] = journey;
  live->journey_count++;
  return journey;
}

Seen *live_seen(Live *live, Journey *journey, uint32_t mot)
{
  for (uint32_t i = 0; i < journey->seen_count; i++)
    if (journey->seen[i].mot == mot) return &journey->seen[i];
  if (journey->seen_count == journey->seen_room) {
    uint32_t room = journey->seen_room ? journey->seen_room * 2 : 4;
    size_t old = journey->seen_room * sizeof(Seen);
    Seen *seen = mem_resize(live->arena->mem, journey->seen, old, room * sizeof(Seen));
    if (!seen) mem_fail(live->arena->mem);
    journey->seen = seen;
    journey->seen_room = room;
  }
  journey->seen[journey->seen_count] = (Seen){.mot = mot};
  return &journey->seen[journey->seen_count++];
}

/* What stands behind the place that became free moves up, unless it would stand before its home. */
static void close_gap(Live *live, size_t gap)
{
  size_t mask = live->journey_room - 1;
  for (size_t place = next_place(live, gap); live->journeys[place]; place = next_place(live, place)) {
    size_t home = home_of(live, live->journeys[place]->name);
    if (((place - home) & mask) < ((place - gap) & mask)) continue;
    live->journeys[gap] = live->journeys[place];
    live->journeys[place] = NULL;
    gap = place;
  }
}

static void journey_free(Live *live, Journey *journey)
{
  while (journey->corrections) live_correction_end(live, journey, journey->corrections);
  scenes_free(live->arena->mem, &journey->scenes);
  if (journey->keys) mem_resize(live->arena->mem, journey->keys, journey->keys_size, 0);
  if (journey->seen) mem_resize(live->arena->mem, journey->seen, journey->seen_room * sizeof(Seen), 0);
  mem_resize(live->arena->mem, journey, sizeof *journey, 0);
}

void live_decide(Live *live, Journey *journey, const ReviewFact *fact)
{
  size_t count = fact->record.keys, size = count * sizeof(ReviewText);
  for (size_t i = 0; i < count; i++) size += fact->keys[i].size;
  if (journey->keys) return;
  ReviewText *keys = mem_resize(live->arena->mem, NULL, 0, size);
  if (!keys) mem_fail(live->arena->mem);
  char *bytes = (char *)(keys + count);
  for (size_t i = 0; i < count; i++) {
    keys[i] = (ReviewText){bytes, fact->keys[i].size};
    if (keys[i].size > 0) memcpy(bytes, fact->keys[i].text, keys[i].size);
    bytes += keys[i].size;
  }
  journey->keys = keys;
  journey->key_count = count;
  journey->keys_size = size;
  journey->sco = fact->record.outcome;
  journey->started = fact->record.opened;
  journey->decided = fact->record.time;
}

void live_end(Live *live, Journey *journey)
{
  size_t place = place_of(live, journey->name);
  live->journeys[place] = NULL;
  close_gap(live, place);
  live->journey_count--;
  journey_free(live, journey);
}

void live_free(Live *live)
{
  for (size_t i = 0; i < live->journey_room; i++)
    if (live->journeys[i]) journey_free(live, live->journeys[i]);
  if (live->journeys)
    mem_resize(live->arena->mem, live->journeys, live->journey_room * sizeof *live->journeys, 0);
  live->journeys = NULL;
  live->journey_room = live->journey_count = 0;
}

/* ---- corrections ---- */

OpenCorrection *live_correction(Live *live, Journey *journey, const char *id, const char *text)
{
  size_t id_size = strlen(id) + 1, text_size = strlen(text) + 1;
  size_t size = sizeof(OpenCorrection) + id_size + text_size;
  OpenCorrection *made = mem_resize(live->arena->mem, NULL, 0, size);
  if (!made) mem_fail(live->arena->mem);
  *made = (OpenCorrection){.next = journey->corrections, .size = size, .text = made->id + id_size};
  memcpy(made->id, id, id_size);
  memcpy(made->id + id_size, text, text_size);
  journey->corrections = made;
  return made;
}

OpenCorrection *live_correction_of(const Journey *journey, const char *id)
{
  OpenCorrection *correction = journey->corrections;
  while (correction && strcmp(correction->id, id) != 0) correction = correction->next;
  return correction;
}

void live_correction_end(Live *live, Journey *journey, OpenCorrection *correction)
{
  OpenCorrection **link = &journey->corrections;
  while (*link != correction) link = &(*link)->next;
  *link = correction->next;
  mem_resize(live->arena->mem, correction, correction->size, 0);
}
