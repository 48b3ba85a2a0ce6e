/*
 * track.c - a test that is watched.
 */
#include "cli/coverage/track.h"

Subject *watch_subject(const Watch *watch, uint32_t experience, uint32_t mot)
{
  size_t number = SIZE_MAX;
  if (mot < watch->rules->mot_count)
    number = watch->rules->mots[mot];
  else if (mot == MOT_NOT_FOUND && experience < watch->rules->experience_count)
    number = watch->rules->experiences[experience];
  return number == SIZE_MAX ? NULL : &watch->coverage->subjects[number];
}
