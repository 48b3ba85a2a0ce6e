/*
 * rejects.c - dead letters that wait to be taken.
 */
#include "runtime/rejects.h"

#include <string.h>

#include "runtime/grow.h"

SourceName *source_name_new(Mem *mem, const char *text)
{
  size_t size = strlen(text) + 1;
  SourceName *name = mem_resize(mem, NULL, 0, sizeof *name + size);
  if (!name) mem_fail(mem);
  *name = (SourceName){.mem = mem, .users = 1, .size = size};
  memcpy(name->text, text, size);
  return name;
}

void source_name_drop(SourceName *name)
{
  if (name && --name->users == 0) mem_resize(name->mem, name, sizeof *name + name->size, 0);
}

void reject_list_init(RejectList *list, Mem *mem)
{
  *list = (RejectList){.mem = mem};
}

void reject_list_free(RejectList *list)
{
  grow_free(list->mem, list->data, list->room, sizeof *list->data);
  reject_list_init(list, list->mem);
}

void reject_list_add(RejectList *list, const Reject *reject)
{
  list->data = grow(list->mem, list->data, &list->room, list->len + 1, sizeof *list->data);
  list->data[list->len++] = *reject;
}

void rejects_init(Rejects *rejects, Mem *mem)
{
  *rejects = (Rejects){.mem = mem};
}

void rejects_free(Rejects *rejects)
{
  /* the one before the first was handed out, and still has its source */
  for (size_t i = rejects->first > 0 ? rejects->first - 1 : 0; i < rejects->end; i++)
    source_name_drop(rejects->data[i].source);
  grow_free(rejects->mem, rejects->data, rejects->room, sizeof *rejects->data);
  rejects_init(rejects, rejects->mem);
}

/* Lets go of the source of the one that was handed out last. */
static void drop_taken(Rejects *rejects)
{
  if (rejects->first == 0) return;
  DeadLetter *taken = &rejects->data[rejects->first - 1];
  source_name_drop(taken->source);
  taken->source = NULL;
}

/* Moves the waiting ones to the front, when the taken ones are half of all. */
static void compact(Rejects *rejects)
{
  if (rejects->end < rejects->room || rejects->first < rejects->room / 2 || rejects->first == 0) return;
  drop_taken(rejects);
  rejects->end -= rejects->first;
  memmove(rejects->data, rejects->data + rejects->first, rejects->end * sizeof *rejects->data);
  rejects->first = 0;
}

void rejects_put(Rejects *rejects, const Reject *reject, SourceName *source)
{
  compact(rejects);
  rejects->data = grow(rejects->mem, rejects->data, &rejects->room, rejects->end + 1, sizeof *rejects->data);
  source->users++;
  rejects->data[rejects->end++] = (DeadLetter){*reject, source};
}

const DeadLetter *rejects_take(Rejects *rejects)
{
  drop_taken(rejects);
  if (rejects->first == rejects->end) {
    rejects->first = rejects->end = 0;
    return NULL;
  }
  return &rejects->data[rejects->first++];
}
