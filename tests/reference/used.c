/*
 * used.c - see used.h.
 */
#include "tests/reference/used.h"

#include "compiler/check_experience.h"

typedef struct Uses {
  const Program *program;
  bool *used;
} Uses;

static void use(void *user, const MatchCase *at, Span span)
{
  Uses *uses = user;
  (void)span;
  for (uint32_t i = 0; i < uses->program->events.len; i++) {
    if (uses->program->events.data[i] == at->event) uses->used[i] = true;
  }
}

void used_kinds(const Program *program, bool *used)
{
  Uses uses = {program, used};
  for (uint32_t i = 0; i < program->experiences.len; i++)
    experience_cases(program->experiences.data[i], use, &uses);
}
