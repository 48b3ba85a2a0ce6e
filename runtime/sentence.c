/*
 * sentence.c - see sentence.h.
 */
#include "runtime/sentence.h"

#include <string.h>

#include "runtime/instant.h"

typedef struct PlaceHolder {
  const char *name;
  uint32_t len;
  SentenceHole hole;
} PlaceHolder;

/* What stands at a brace; one that begins no place holder stands for itself. */
static const PlaceHolder *place_holder(const char *text)
{
  static const PlaceHolder brace = {"{", 1, HOLE_NONE};
  static const PlaceHolder holders[] = {{"{{", 2, HOLE_NONE}, {"{at}", 4, HOLE_TIME},
                                        {"{deadline}", 10, HOLE_TIME}, {"{count}", 7, HOLE_COUNT}};
  for (unsigned i = 0; i < sizeof holders / sizeof *holders; i++)
    if (strncmp(text, holders[i].name, holders[i].len) == 0) return &holders[i];
  return &brace;
}

/* One part, written at `to`; moves *text behind it. */
static SentencePart take_part(const char **text, const char *end, char *to)
{
  SentencePart part = {.text = {to, 0}, .hole = HOLE_NONE};
  const char *at = *text;
  while (at < end && part.hole == HOLE_NONE) {
    const char *brace = memchr(at, '{', (size_t)(end - at)), *stop = brace ? brace : end;
    to = put_escaped(to, at, (size_t)(stop - at));
    at = stop;
    if (!brace) break;
    const PlaceHolder *holder = place_holder(at);
    if (holder->hole == HOLE_NONE) *to++ = '{';
    part.hole = holder->hole;
    at += holder->len;
  }
  part.text.len = (uint32_t)(to - part.text.text);
  *text = at;
  return part;
}

Sentence sentence_new(const Module *module, uint32_t string, Arena *arena)
{
  uint32_t len, braces = 0;
  const char *text = module_string(module, string, &len), *end = text + len;
  for (uint32_t i = 0; i < len; i++) braces += text[i] == '{';
  SentencePart *parts = ARENA_ARRAY(arena, SentencePart, braces + 1);
  char *to = arena_alloc(arena, (size_t)len * JSON_GROWTH + PIECE_SPARE);
  Sentence ret = {parts, 0, 0};
  while (text < end) {
    SentencePart part = take_part(&text, end, to);
    parts[ret.count++] = part;
    to += part.text.len;
    ret.room += part.text.len + (part.hole == HOLE_NONE ? 0 : INSTANT_TEXT_MAX);
  }
  return ret;
}

static inline char *put_time(char *to, int64_t instant, const WrittenInstant *written)
{
  if (written->len > 0 && instant == written->instant) return put_bytes(to, written->text, written->len);
  return to + instant_text(instant, to);
}

char *put_sentence(char *to, const Sentence *sentence, const Evidence *evidence, const WrittenInstant *written)
{
  for (uint32_t i = 0; i < sentence->count; i++) {
    const SentencePart *part = &sentence->parts[i];
    to = put_short(to, part->text);
    if (part->hole == HOLE_TIME) to = put_time(to, evidence->at, written);
    else if (part->hole == HOLE_COUNT) to = put_int(to, evidence->count);
  }
  return to;
}
