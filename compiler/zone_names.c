/*
 * zone_names.c - the names of the tz database that are near to one that it does
 * not have.
 *
 * The list is tzdata.zi ("Z NAME …" a zone, "L NAME ALIAS" another name of it),
 * or where that is not installed the third column of zone.tab.
 */
#include <ctype.h>
#include <string.h>

#include "base/diag.h"
#include "compiler/zone_file.h"

enum { LINE_MAX_BYTES = 512, NEAR_MAX = 3, FAR = 1000 };

typedef struct Near {
  const char *wanted; /* in small letters */
  const char *wanted_city;
  char names[NEAR_MAX][ZONE_NAME_MAX + 1]; /* nearest first */
  unsigned distance[NEAR_MAX];
  unsigned count;
} Near;

static void to_lower(char *to, const char *from, size_t size)
{
  size_t i = 0;
  for (; from[i] && i + 1 < size; i++) to[i] = (char)tolower((unsigned char)from[i]);
  to[i] = '\0';
}

static const char *city(const char *name)
{
  const char *slash = strrchr(name, '/');
  return slash ? slash + 1 : name;
}

/* How far two names in small letters are apart; a wrong region counts little. */
static unsigned distance(const Near *near, const char *name)
{
  unsigned limit = suggestion_limit(near->wanted), city_limit = suggestion_limit(near->wanted_city);
  unsigned whole = edit_distance(near->wanted, name, limit);
  unsigned part = edit_distance(near->wanted_city, city(name), city_limit);
  if (whole > limit) whole = FAR;
  part = part > city_limit ? FAR : part + 1;
  return whole < part ? whole : part;
}

static void consider(Near *near, const char *name)
{
  char small[ZONE_NAME_MAX + 1];
  if (strlen(name) > ZONE_NAME_MAX) return;
  to_lower(small, name, sizeof small);
  unsigned far = distance(near, small), at = near->count;
  while (at > 0 && near->distance[at - 1] > far) at--;
  if (far >= FAR || at == NEAR_MAX) return;
  if (near->count < NEAR_MAX) near->count++;
  for (unsigned i = near->count - 1; i > at; i--) {
    near->distance[i] = near->distance[i - 1];
    memcpy(near->names[i], near->names[i - 1], sizeof near->names[i]);
  }
  near->distance[at] = far;
  memcpy(near->names[at], name, strlen(name) + 1);
}

/* Word number `which` of a line, cut off in place, or NULL. */
static char *word(char *line, unsigned which)
{
  char *rest = line, *found = strtok_r(line, " \t\r\n", &rest);
  for (; found && which > 0; which--) found = strtok_r(NULL, " \t\r\n", &rest);
  return found;
}

static bool read_names(Near *near, const char *list, bool table)
{
  bool database;
  char line[LINE_MAX_BYTES];
  FILE *file = zone_file_open(list, &database);
  if (!file) return false;
  while (fgets(line, sizeof line, file)) {
    bool zone = strncmp(line, "Z ", 2) == 0, alias = strncmp(line, "L ", 2) == 0;
    if (table ? line[0] == '#' : !zone && !alias) continue;
    char *name = word(line, zone && !table ? 1 : 2);
    if (name) consider(near, name);
  }
  fclose(file);
  return true;
}

void zone_names_near(Arena *arena, const char *name, char *reason, size_t reason_size)
{
  char *wanted = arena_alloc(arena, ZONE_NAME_MAX + 2);
  to_lower(wanted, name, ZONE_NAME_MAX + 2);
  for (char *c = wanted; *c; c++)
    if (*c == ' ') *c = '_';
  Near near = {.wanted = wanted, .wanted_city = city(wanted)};
  if (!read_names(&near, "tzdata.zi", false)) read_names(&near, "zone.tab", true);
  int len = snprintf(reason, reason_size, "there is no time zone \"%.80s\"", name);
  for (unsigned i = 0; i < near.count && len >= 0 && (size_t)len < reason_size; i++) {
    const char *link = i == 0 ? "; did you mean" : i + 1 < near.count ? "," : " or";
    len += snprintf(reason + len, reason_size - (size_t)len, "%s \"%s\"", link, near.names[i]);
  }
  if (near.count > 0 && len >= 0 && (size_t)len < reason_size)
    snprintf(reason + len, reason_size - (size_t)len, "?");
}
