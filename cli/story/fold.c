/*
 * fold.c - events that brought nothing, many of them one behind the other, told in one line; pages.
 */
#include "cli/story/story.h"

#include <string.h>

enum { FOLD_LEAST = 4 };

void story_turn(const Story *story, StoryPage *page)
{
  if (page->buf.len > 0 && !page->refused)
    page->refused = !page->sink.put(page->sink.user, page->buf.data, page->buf.len);
  page->buf.len = 0;
  arena_free(story->words.arena);
}

bool story_same_day(const Story *story, int64_t a, int64_t b)
{
  return strcmp(words_day(&story->words, a), words_day(&story->words, b)) == 0;
}

static bool is_bare(const Story *story, const StoryHead *head)
{
  for (uint32_t i = 0; i < head->count; i++)
    if (!story->items.data[head->first + i].folded) return false;
  return true;
}

uint32_t story_folds(const Story *story, uint32_t first)
{
  uint32_t at = first;
  int64_t from, to;
  int64_t time = story->heads.data[first].time;
  if (!mot_rules_period(story->rules, time, MOT_DAYS, 1, 0, &from, &to)) from = to = time;
  while (at < story->heads.len && is_bare(story, &story->heads.data[at]) &&
         (story->heads.data[at].time < to || at == first))
    at++;
  return at - first < FOLD_LEAST ? 0 : at - first;
}

/* The kinds of the events, in the order in which they came first. */
const char *story_folded(const Story *story, uint32_t first, uint32_t count)
{
  Arena *arena = story->words.arena;
  VEC(StoryHead) kinds = {0}; /* `count`: how many of the kind */
  const StoryHead *heads = story->heads.data + first;
  for (uint32_t i = 0; i < count; i++) {
    uint32_t k = 0;
    while (k < kinds.len && kinds.data[k].event != heads[i].event) k++;
    if (k == kinds.len) *VEC_PUSH(arena, &kinds) = (StoryHead){.event = heads[i].event};
    kinds.data[k].count++;
  }
  const char *all = "";
  for (uint32_t k = 0; k < kinds.len; k++)
    all = arena_printf(arena, "%s%s%s %s", all, k > 0 ? ", " : "", words_count(&story->words, kinds.data[k].count),
                       story_head(story, &kinds.data[k]));
  return arena_printf(arena, "%s more: %s, until %s", words_count(&story->words, count), all,
                      story_clock(story, heads[count - 1].time));
}
