/*
 * api_time.c - instants as people write them, through the library.
 */
#include <string.h>

#include "runtime/instants.h"
#include "runtime/session.h"
#include "runtime/window.h"
#include "runtime/words.h"
#include "mot/tools.h"

static ZoneView stream_zone(const mot_rules *rules)
{
  return module_zone(&rules->module, rules->module.Meta[0].zone);
}

bool mot_rules_time(const mot_rules *rules, const char *text, int64_t *ret_time)
{
  InstantReader reader = {.zone = stream_zone(rules)};
  return instant_iso(&reader, text, strlen(text), ret_time);
}

size_t mot_rules_local_time(const mot_rules *rules, int64_t time, char *ret_text, size_t room)
{
  char text[WORDS_MAX];
  size_t len = (size_t)(spell_time(text, stream_zone(rules), time) - text);
  if (room == 0) return len;
  size_t kept = len < room ? len : room - 1;
  memcpy(ret_text, text, kept);
  ret_text[kept] = 0;
  return len;
}

bool mot_rules_period(const mot_rules *rules, int64_t time, mot_unit unit, int64_t every, int64_t offset,
                      int64_t *ret_from, int64_t *ret_to)
{
  static const uint32_t units[] = {[MOT_DAYS] = UNIT_DAYS, [MOT_WEEKS] = UNIT_WEEKS, [MOT_MONTHS] = UNIT_MONTHS,
                                   [MOT_QUARTERS] = UNIT_QUARTERS, [MOT_YEARS] = UNIT_YEARS};
  if ((unsigned)unit >= sizeof units / sizeof *units || every <= 0) return false;
  Stretch period = window_period(stream_zone(rules), units[unit], every, time, offset);
  if (period.from == INT64_MAX || period.to == INT64_MAX) return false;
  *ret_from = period.from;
  *ret_to = period.to;
  return true;
}
