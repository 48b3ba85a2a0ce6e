/*
 * story.c - journeys kept to be told.
 */
#include "report/story.h"

#include <string.h>

#include "report/values.h"

struct Scene {
  Scene *next;
  size_t size;                 /* of it with its texts */
  uint32_t mot;
  mot_outcome outcome;
  mot_reason reason;
  int64_t opened, decided, deadline;
  size_t group_size;
  char texts[];                /* group, because, each ended by NUL */
};

void scenes_add(Mem *mem, Scenes *scenes, const ReviewFact *fact)
{
  if (scenes->count == STORY_MOMENTS) {
    scenes->left_out++;
    return;
  }
  char room[VALUE_ROOM];
  ReviewText group = review_value_text(&fact->moment.group, room);
  const char *because = fact->moment.because ? fact->moment.because : "";
  size_t because_size = strlen(because) + 1, size = sizeof(Scene) + group.size + 1 + because_size;
  Scene *scene = mem_resize(mem, NULL, 0, size);
  if (!scene) mem_fail(mem);
  *scene = (Scene){
    .size = size,
    .mot = fact->record.mot,
    .outcome = fact->record.outcome,
    .reason = fact->record.reason,
    .opened = fact->record.opened,
    .decided = fact->record.time,
    .deadline = fact->record.deadline,
    .group_size = group.size,
  };
  if (group.size > 0) memcpy(scene->texts, group.text, group.size);
  scene->texts[group.size] = '\0';
  memcpy(scene->texts + group.size + 1, because, because_size);
  if (scenes->last)
    scenes->last->next = scene;
  else
    scenes->first = scene;
  scenes->last = scene;
  scenes->count++;
}

void scenes_free(Mem *mem, Scenes *scenes)
{
  for (Scene *scene = scenes->first; scene;) {
    Scene *next = scene->next;
    mem_resize(mem, scene, scene->size, 0);
    scene = next;
  }
  *scenes = (Scenes){0};
}

static int compare_texts(ReviewText a, ReviewText b)
{
  size_t size = a.size < b.size ? a.size : b.size;
  int order = size > 0 ? memcmp(a.text, b.text, size) : 0;
  return order != 0 ? order : (a.size > b.size) - (a.size < b.size);
}

static bool comes_first(const Story *a, const Story *b)
{
  for (size_t i = 0; i < a->key_count; i++) {
    int order = compare_texts(a->keys[i], b->keys[i]);
    if (order != 0) return order < 0;
  }
  return a->started < b->started;
}

static bool is_better(const Story *a, const Story *b, mot_outcome wanted)
{
  uint64_t x = wanted == MOT_PRODUCED ? a->produced : a->missed;
  uint64_t y = wanted == MOT_PRODUCED ? b->produced : b->missed;
  if (!b->told) return true;
  return x != y ? x > y : comes_first(a, b);
}

void story_better(Arena *arena, Story *story, Story *other, mot_outcome wanted)
{
  if (!is_better(other, story, wanted)) return;
  ReviewText *keys = ARENA_ARRAY(arena, ReviewText, other->key_count);
  for (size_t i = 0; i < other->key_count; i++) {
    const ReviewText *key = &other->keys[i];
    keys[i] = (ReviewText){arena_copy(arena, key->text, key->size), key->size};
  }
  scenes_free(arena->mem, &story->scenes);
  *story = *other;
  story->told = true;
  story->keys = keys;
  other->scenes = (Scenes){0};
}

static ReviewStoryMoment moment_result(Arena *arena, const Scene *scene)
{
  const char *because = scene->texts + scene->group_size + 1;
  return (ReviewStoryMoment){
    .mot = scene->mot,
    .outcome = scene->outcome,
    .reason = scene->reason,
    .opened = scene->opened,
    .decided = scene->decided,
    .deadline = scene->deadline,
    .group = arena_copy(arena, scene->texts, scene->group_size),
    .because = arena_copy(arena, because, strlen(because)),
  };
}

ReviewStory story_result(Arena *arena, const Story *story)
{
  if (!story->told) return (ReviewStory){0};
  const char **keys = ARENA_ARRAY(arena, const char *, story->key_count);
  for (size_t i = 0; i < story->key_count; i++) keys[i] = story->keys[i].text;
  ReviewStoryMoment *moments = ARENA_ARRAY(arena, ReviewStoryMoment, story->scenes.count);
  uint32_t count = 0;
  for (const Scene *scene = story->scenes.first; scene; scene = scene->next)
    moments[count++] = moment_result(arena, scene);
  return (ReviewStory){
    .told = true,
    .keys = keys,
    .key_count = story->key_count,
    .started = story->started,
    .over = story->over,
    .produced = story->produced,
    .missed = story->missed,
    .moments = moments,
    .moment_count = count,
    .left_out = story->scenes.left_out,
  };
}
