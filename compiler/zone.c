/*
 * zone.c - reads TZif files (RFC 8536), version 2 and up.
 *
 * Only what tells the offset is kept: transitions that change it, then the rule
 * of the footer.  Transitions that the rule gives as well are dropped, so that
 * a module does not depend on how far the files on this machine were written out.
 */
#include "compiler/zone.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "bytecode/zonetime.h"
#include "compiler/zone_file.h"

enum { HEADER_BYTES = 44, FILE_LIMIT = 64 << 10 };

/* ---- numbers, which are big-endian ---- */

typedef struct Bytes {
  const unsigned char *at, *end;
} Bytes;

static int64_t big_endian(const unsigned char *at, unsigned len)
{
  uint64_t value = len == 4 && (at[0] & 0x80) ? UINT32_MAX : 0;
  for (unsigned i = 0; i < len; i++) value = value << 8 | at[i];
  return (int64_t)value;
}

/* The next `len` bytes, or NULL. */
static const unsigned char *take(Bytes *bytes, uint64_t len)
{
  if ((uint64_t)(bytes->end - bytes->at) < len) return NULL;
  const unsigned char *taken = bytes->at;
  bytes->at += len;
  return taken;
}

/* ---- one block ---- */

typedef struct Block {
  uint32_t utc_marks, standard_marks, leaps, times, types, chars; /* counts, in the order of the header */
  const unsigned char *time, *type_of, *type;
} Block;

static bool read_block(Bytes *bytes, Block *block, unsigned time_size)
{
  const unsigned char *header = take(bytes, HEADER_BYTES);
  if (!header || memcmp(header, "TZif", 4) != 0 || header[4] < '2') return false;
  uint32_t *counts[6] = {&block->utc_marks, &block->standard_marks, &block->leaps,
                         &block->times,     &block->types,          &block->chars};
  for (unsigned i = 0; i < 6; i++) *counts[i] = (uint32_t)big_endian(header + 20 + 4 * i, 4);
  block->time = take(bytes, (uint64_t)block->times * time_size);
  block->type_of = block->time ? take(bytes, block->times) : NULL;
  block->type = block->type_of ? take(bytes, (uint64_t)block->types * 6) : NULL;
  uint64_t rest = (uint64_t)block->chars + (uint64_t)block->leaps * (time_size + 4) + block->standard_marks
    + block->utc_marks;
  return block->type && block->types != 0 && take(bytes, rest);
}

static bool type_offset(const Block *block, uint32_t type, int32_t *ret_offset)
{
  if (type >= block->types) return false;
  *ret_offset = (int32_t)big_endian(block->type + (size_t)type * 6, 4);
  return *ret_offset > -SECONDS_OF_DAY && *ret_offset < SECONDS_OF_DAY;
}

typedef VEC(TransitionRow) Transitions;

/* The offset before the first transition, and the transitions that change it. */
static bool read_transitions(const Block *block, Arena *arena, ZoneRow *row, Transitions *list)
{
  int32_t before, offset;
  if (!type_offset(block, 0, &before)) return false;
  row->first_offset = (uint32_t)before;
  for (uint32_t i = 0; i < block->times; i++) {
    int64_t at = big_endian(block->time + (size_t)i * 8, 8);
    if (!type_offset(block, block->type_of[i], &offset)) return false;
    if (i > 0 && at <= big_endian(block->time + (size_t)(i - 1) * 8, 8)) return false;
    if (offset != before) *VEC_PUSH(arena, list) = (TransitionRow){.at = at, .offset = (uint32_t)offset};
    before = offset;
  }
  return true;
}

/* ---- the footer: a TZ text (POSIX, with the hours of RFC 8536 section 3.3) ---- */

static bool footer_name(const char **text)
{
  const char *at = *text;
  if (*at == '<') {
    while (*at && *at != '>') at++;
    if (*at++ != '>') return false;
  } else {
    while (isalpha((unsigned char)*at)) at++;
  }
  bool some = at - *text >= 3;
  *text = at;
  return some;
}

static bool footer_number(const char **text, uint32_t most, uint32_t *ret_value)
{
  uint32_t value = 0;
  const char *at = *text;
  while (isdigit((unsigned char)*at) && at - *text < 4) value = value * 10 + (uint32_t)(*at++ - '0');
  bool some = at != *text && value <= most;
  *text = at;
  *ret_value = value;
  return some;
}

/* [+-]hh[:mm[:ss]] as seconds. */
static bool footer_time(const char **text, int32_t *ret_seconds)
{
  uint32_t part[3] = {0};
  bool negative = **text == '-';
  if (**text == '-' || **text == '+') ++*text;
  if (!footer_number(text, 167, &part[0])) return false;
  for (unsigned i = 1; i < 3 && **text == ':'; i++) {
    ++*text;
    if (!footer_number(text, 59, &part[i])) return false;
  }
  int32_t seconds = (int32_t)(part[0] * 3600 + part[1] * 60 + part[2]);
  *ret_seconds = negative ? -seconds : seconds;
  return true;
}

/* An offset, which POSIX counts west of UTC and a module east. */
static bool footer_offset(const char **text, uint32_t *ret_offset)
{
  int32_t west;
  if (!footer_time(text, &west) || west <= -SECONDS_OF_DAY || west >= SECONDS_OF_DAY) return false;
  *ret_offset = (uint32_t)-west;
  return true;
}

/* ,Mm.w.d[/time] */
static bool footer_day(const char **text, uint32_t *month, uint32_t *week, uint32_t *day, uint32_t *time)
{
  int32_t seconds = 2 * 3600;
  if (strncmp(*text, ",M", 2) != 0) return false;
  *text += 2;
  if (!footer_number(text, 12, month) || *month == 0 || *(*text)++ != '.') return false;
  if (!footer_number(text, 5, week) || *week == 0 || *(*text)++ != '.') return false;
  if (!footer_number(text, 6, day)) return false;
  if (**text == '/') {
    ++*text;
    if (!footer_time(text, &seconds)) return false;
  }
  *time = (uint32_t)seconds;
  return true;
}

static bool read_footer(const char *text, ZoneRow *row)
{
  uint32_t standard;
  if (*text == '\0') return true; /* nothing is promised: the last offset stays */
  if (!footer_name(&text) || !footer_offset(&text, &standard)) return false;
  if (*text == '\0') return true;
  row->has_rule = 1;
  row->std_offset = standard;
  row->dst_offset = standard + 3600;
  if (!footer_name(&text)) return false;
  if (*text != ',' && !footer_offset(&text, &row->dst_offset)) return false;
  return footer_day(&text, &row->start_month, &row->start_week, &row->start_day, &row->start_time)
    && footer_day(&text, &row->end_month, &row->end_week, &row->end_day, &row->end_time) && *text == '\0';
}

/* ---- the zone ---- */

/* Drops transitions from the end on while the rule, taking over one earlier,
 * goes on exactly so. */
static void drop_covered(ZoneRow *row, Transitions *list)
{
  const ZoneView rule = {row, NULL}; /* of no transitions: the rule alone */
  while (row->has_rule && list->len > 1) {
    const TransitionRow *last = &list->data[list->len - 1], *before = last - 1;
    ZoneSpan span = zone_span(rule, before->at);
    if (span.until != last->at || span.offset != (int32_t)before->offset) return;
    if (zone_offset(rule, last->at) != (int32_t)last->offset) return;
    list->len--;
  }
}

/* The text of the footer, which stands between two line ends. */
static const char *footer_text(Bytes *bytes, Arena *arena)
{
  const unsigned char *start = take(bytes, 1);
  if (!start || *start != '\n') return NULL;
  const unsigned char *end = memchr(bytes->at, '\n', (size_t)(bytes->end - bytes->at));
  return end ? arena_copy(arena, bytes->at, (size_t)(end - bytes->at)) : NULL;
}

static const char *const BAD_FILE = "its file in the tz database is damaged or of an unknown form";

/* NULL, or what is wrong. */
static const char *parse(Bytes bytes, Arena *arena, ZoneRow *row, Transitions *list)
{
  Block old, block;
  if (!read_block(&bytes, &old, 4) || !read_block(&bytes, &block, 8)) return BAD_FILE;
  if (block.leaps != 0) return "it counts leap seconds; take the zone without \"right/\"";
  if (!read_transitions(&block, arena, row, list)) return BAD_FILE;
  const char *footer = footer_text(&bytes, arena);
  if (!footer || !read_footer(footer, row)) return BAD_FILE;
  drop_covered(row, list);
  return NULL;
}

/* ---- files ---- */

static bool valid_name(const char *name)
{
  size_t len = strlen(name);
  if (len == 0 || len > ZONE_NAME_MAX || !isupper((unsigned char)name[0])) return false;
  for (const char *c = name; *c; c++) {
    bool slash = *c == '/' && isalnum((unsigned char)c[1]);
    if (!isalnum((unsigned char)*c) && !strchr("_+-", *c) && !slash) return false;
  }
  return true;
}

FILE *zone_file_open(const char *name, bool *ret_database)
{
  static const char *const folders[] = {"/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo",
                                        "/etc/zoneinfo"};
  *ret_database = false;
  for (unsigned i = 0; i < sizeof folders / sizeof *folders; i++) {
    char path[ZONE_NAME_MAX + 40];
    struct stat about;
    if (stat(folders[i], &about) != 0) continue;
    *ret_database = true;
    snprintf(path, sizeof path, "%s/%s", folders[i], name);
    if (stat(path, &about) == 0 && S_ISREG(about.st_mode)) return fopen(path, "rb");
  }
  return NULL;
}

static uint32_t add_zone(ModuleBuilder *b, ZoneRow row, const Transitions *list)
{
  row.transitions = b->Transition.len;
  row.transitions_count = list->len;
  for (uint32_t i = 0; i < list->len; i++) *VEC_PUSH(b->arena, &b->Transition) = list->data[i];
  *VEC_PUSH(b->arena, &b->Zone) = row;
  return b->Zone.len - 1;
}

const char *zone_read(ModuleBuilder *b, const char *name, const void *bytes, size_t len, uint32_t *ret_row)
{
  const unsigned char *at = bytes;
  ZoneRow row = {.name = builder_string(b, name, strlen(name))};
  Transitions list = {0};
  const char *fault = parse((Bytes){at, at + len}, b->arena, &row, &list);
  if (!fault) *ret_row = add_zone(b, row, &list);
  return fault;
}

static const char *read_file(ModuleBuilder *b, const char *name, FILE *file, uint32_t *ret_row)
{
  void *bytes = arena_alloc(b->arena, FILE_LIMIT);
  size_t len = fread(bytes, 1, FILE_LIMIT, file);
  return zone_read(b, name, bytes, len, ret_row);
}

static bool missing(Arena *arena, const char *name, bool database, char *reason, size_t reason_size)
{
  if (!database)
    snprintf(reason, reason_size,
             "this machine has no tz database (the package tzdata); only \"UTC\" is known");
  else
    zone_names_near(arena, name, reason, reason_size);
  return false;
}

static bool find_zone(ModuleBuilder *b, const char *name, uint32_t *ret_row)
{
  uint32_t text = builder_string(b, name, strlen(name));
  uint32_t i = 0;
  while (i < b->Zone.len && b->Zone.data[i].name != text) i++;
  if (i == b->Zone.len) return false;
  *ret_row = i;
  return true;
}

bool zone_load(ModuleBuilder *b, const char *name, uint32_t *ret_row, char *reason, size_t reason_size)
{
  if (find_zone(b, name, ret_row)) return true;
  if (strcmp(name, "UTC") == 0) {
    *ret_row = add_zone(b, (ZoneRow){.name = builder_string(b, "UTC", 3)}, &(Transitions){0});
    return true;
  }
  bool database = true;
  FILE *file = valid_name(name) ? zone_file_open(name, &database) : NULL;
  if (!file) return missing(b->arena, name, database, reason, reason_size);
  const char *fault = read_file(b, name, file, ret_row);
  fclose(file);
  if (fault) snprintf(reason, reason_size, "the time zone \"%s\" cannot be used: %s", name, fault);
  return !fault;
}
