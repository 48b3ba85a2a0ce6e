/*
 * words.c - how people and clauses of the rules are called in a picture.
 */
#include <inttypes.h>
#include <string.h>

#include "cli/graph/build.h"

/* ---- people and figures ---- */

const char *owner_called(const mot_rules *rules, uint32_t owner)
{
  mot_owner_info info;
  if (!mot_rules_owner_info(rules, owner, &info)) return "nobody";
  return info.title[0] ? info.title : info.name;
}

unsigned owner_tint(Picture *picture, const mot_rules *rules, uint32_t owner)
{
  mot_owner_info info, other;
  if (!mot_rules_owner_info(rules, owner, &info)) return 0;
  unsigned tint = 1;
  for (uint32_t i = 0; mot_rules_owner_info(rules, i, &other); i++)
    tint += (i < owner && other.team == info.team) || (other.team && !info.team);
  if (tint <= TINTS_MOST) picture->tints[tint] = owner_called(rules, owner);
  return tint;
}

const char *producers_called(Picture *picture, const mot_rules *rules, uint32_t mot)
{
  const char *all = "";
  uint32_t owner;
  for (size_t i = 0; (owner = mot_rules_producer(rules, mot, i)) != MOT_NOT_FOUND; i++)
    all = picture_text(picture, "%s%s%s", all, i > 0 ? ", " : "", owner_called(rules, owner));
  return all;
}

const char *targets_text(Picture *picture, const mot_rules *rules, uint32_t first, uint32_t count)
{
  const char *all = "";
  mot_target_info target;
  for (uint32_t i = 0; i < count && mot_rules_target_info(rules, first + i, &target); i++)
    all = picture_text(picture, "%s%s%s", all, i > 0 ? "; " : "", target.text);
  return all;
}

const char *length_text(Picture *picture, int64_t micros)
{
  static const struct { int64_t of; const char *name; } units[] = {
    {86400000000, "d"}, {3600000000, "h"}, {60000000, "min"}, {1000000, "s"}, {1000, "ms"}, {1, "us"},
  };
  const char *all = "";
  for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
    if (micros / units[i].of == 0) continue;
    all = picture_text(picture, "%s%s%" PRId64 " %s", all, all[0] ? " " : "", micros / units[i].of,
                       units[i].name);
    micros %= units[i].of;
  }
  return all;
}

const char *outcome_word(mot_outcome outcome)
{
  switch (outcome) {
  case MOT_MISSED: return "missed";
  case MOT_PRODUCED: return "produced";
  case MOT_VOID: return "void";
  default: return "open";
  }
}

/* ---- clauses ---- */

/* Where code point number `column` (from 1) of a line begins. */
static size_t byte_of(const char *line, size_t length, uint32_t column)
{
  size_t at = 0;
  for (uint32_t i = 1; i < column && at < length; i++)
    for (at++; at < length && ((unsigned char)line[at] & 0xc0) == 0x80;) at++;
  return at;
}

/* How much of a line is no comment. */
static size_t without_comment(const char *line, size_t length)
{
  bool quoted = false;
  for (size_t i = 0; i < length; i++) {
    if (line[i] == '#' && !quoted) return i;
    if (line[i] == '\\' && quoted) i++;
    else if (line[i] == '"') quoted = !quoted;
  }
  return length;
}

static bool blank(char c)
{
  return c == ' ' || c == '\t' || c == '\r';
}

/* The stretch of `line` from `from` to `to`, added to `before` with one blank between. */
static const char *join(Picture *picture, const char *before, const char *line, size_t from, size_t to)
{
  while (from < to && blank(line[from])) from++;
  while (to > from && blank(line[to - 1])) to--;
  if (from == to) return before;
  return picture_text(picture, "%s%s%.*s", before, before[0] ? " " : "", (int)(to - from), line + from);
}

static const char *text_at(Picture *picture, const mot_rules *rules, const mot_place *place)
{
  const char *all = "";
  for (uint32_t number = place->line; number <= place->end_line; number++) {
    size_t length;
    const char *line = mot_rules_source_line(rules, place->file, number, &length);
    if (!line) break;
    size_t to = without_comment(line, length), from = 0;
    if (number == place->end_line) {
      size_t end = byte_of(line, length, place->end_column);
      to = end < to ? end : to;
    }
    if (number == place->line) from = byte_of(line, length, place->column);
    all = join(picture, all, line, from, to);
  }
  return all;
}

const char *clause_text(Picture *picture, const mot_rules *rules, uint32_t experience, uint32_t mot,
                        mot_clause clause, size_t index)
{
  mot_place place;
  if (!mot_rules_clause_place(rules, experience, mot, clause, index, &place)) return "";
  return text_at(picture, rules, &place);
}

static bool inside(const mot_place *place, const mot_place *of)
{
  return strcmp(place->file, of->file) == 0 && place->offset >= of->offset
    && place->offset + place->length <= of->offset + of->length;
}

const char *clause_pattern(Picture *picture, const mot_rules *rules, uint32_t mot, mot_clause clause)
{
  mot_place place, declared;
  if (!mot_rules_clause_place(rules, MOT_NOT_FOUND, mot, clause, 0, &place)) return NULL;
  if (!mot_rules_mot_place(rules, mot, &declared) || inside(&place, &declared)) return NULL;
  const char *text = text_at(picture, rules, &declared), *title_end = strchr(text, '"');
  for (title_end = title_end ? title_end + 1 : NULL; title_end && *title_end && *title_end != '"';
       title_end++)
    if (*title_end == '\\' && title_end[1]) title_end++;
  const char *like = title_end && *title_end ? strstr(title_end, "like ") : NULL;
  if (!like) return "";
  like += strlen("like ");
  size_t length = strcspn(like, "{");
  while (length > 0 && blank(like[length - 1])) length--;
  return picture_text(picture, "%.*s", (int)length, like);
}

/* The text of a predicate of a pattern has what its parameters stand for only in its sentence. */
static const char *predicate_text(Picture *picture, const mot_rules *rules, uint32_t experience, uint32_t mot)
{
  mot_part_info part, second;
  bool alone =
    mot_rules_part(rules, experience, mot, 0, &part) && !mot_rules_part(rules, experience, mot, 1, &second);
  if (!alone || !part.predicate) return NULL;
  size_t length = strlen(part.produced), ending = strlen(" held");
  if (length <= ending || strcmp(part.produced + length - ending, " held") != 0) return NULL;
  return picture_text(picture, "%.*s", (int)(length - ending), part.produced);
}

const char *condition_text(Picture *picture, const mot_rules *rules, uint32_t experience, uint32_t mot)
{
  mot_clause clause = mot == MOT_NOT_FOUND ? MOT_CLAUSE_SCO : MOT_CLAUSE_SMOTO;
  const char *pattern = mot == MOT_NOT_FOUND ? NULL : clause_pattern(picture, rules, mot, clause);
  const char *predicate = pattern ? predicate_text(picture, rules, experience, mot) : NULL;
  return predicate ? predicate : clause_text(picture, rules, experience, mot, clause, 0);
}
