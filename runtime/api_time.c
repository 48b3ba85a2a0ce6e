/*
 * api_time.c - instants as people write them, through the library.
 */
#include <string.h>

#include "runtime/instants.h"
#include "runtime/session.h"

bool mot_rules_time(const mot_rules *rules, const char *text, int64_t *ret_time)
{
  InstantReader reader = {.zone = module_zone(&rules->module, rules->module.Meta[0].zone)};
  return instant_iso(&reader, text, strlen(text), ret_time);
}
