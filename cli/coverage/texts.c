/*
 * texts.c - rule texts by the files in which they stand.
 */
#include "cli/coverage/texts.h"

#include <stdlib.h>
#include <string.h>

/* ---- files ---- */

/* Whether the file holds the text. */
static bool holds(const char *path, const char *text)
{
  FILE *file = fopen(path, "rb");
  if (!file) return false;
  char piece[4096];
  size_t size, left = strlen(text);
  bool same = true;
  while (same && (size = fread(piece, 1, sizeof piece, file)) > 0) {
    same = size <= left && memcmp(piece, text, size) == 0;
    text += same ? size : 0;
    left -= same ? size : 0;
  }
  fclose(file);
  return same && left == 0;
}

/* folder/name when that file holds the text; from malloc. */
static char *found_in(const char *folder, size_t size, const char *name, const char *text)
{
  char *path = malloc(size + strlen(name) + 2);
  if (!path) return NULL;
  bool slash = size > 0 && folder[size - 1] != '/';
  sprintf(path, "%.*s%s%s", (int)size, folder, slash ? "/" : "", name);
  if (holds(path, text)) return path;
  free(path);
  return NULL;
}

/* Names are as seen from the folder of the file given, or as they were found. */
static char *find_path(const Args *args, const char *path, const char *name, const char *text)
{
  const char *slash = strrchr(path, '/'), *dir;
  size_t position = 0;
  if (strcmp(path, "-") != 0 && holds(path, text)) return strdup(path);
  char *found = found_in(path, slash ? (size_t)(slash - path) + 1 : 0, name, text);
  if (!found && slash) found = found_in("", 0, name, text);
  while (!found && args && (dir = args_next(args, "lib", &position))) found = found_in(dir, strlen(dir), name, text);
  return found;
}

/* ---- texts ---- */

static const char *whole_text(const mot_rules *rules, const char *name)
{
  size_t size;
  return mot_rules_source_line(rules, name, 1, &size); /* the text begins there, and ends with NUL */
}

size_t text_known(const Coverage *coverage, const mot_rules *rules, const char *name)
{
  const char *text = whole_text(rules, name), *slash = strrchr(name, '/');
  const char *last = slash ? slash + 1 : name;
  for (size_t i = 0; text && i < coverage->text_count; i++) {
    const CoverText *one = &coverage->texts[i];
    const char *its = strrchr(one->name, '/');
    if (one->text == text) return i;
    if (strcmp(its ? its + 1 : one->name, last) == 0 && strcmp(one->text, text) == 0) return i;
  }
  return SIZE_MAX;
}

size_t text_number(Coverage *coverage, const char *path, const mot_rules *rules, const char *name)
{
  size_t number = text_known(coverage, rules, name);
  if (number != SIZE_MAX) return number;
  CoverText *texts = realloc(coverage->texts, (coverage->text_count + 1) * sizeof *texts);
  if (!texts) return SIZE_MAX;
  coverage->texts = texts;
  const char *text = whole_text(rules, name);
  texts[coverage->text_count] = (CoverText){.name = name, .text = text ? text : "",
                                            .path = find_path(coverage->args, path, name, text ? text : "")};
  return coverage->text_count++;
}

const char *text_shown(const CoverText *text)
{
  return text->path ? text->path : text->name;
}
