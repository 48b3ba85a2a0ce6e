/*
 * gen_text.c - texts of the module: strings, rule texts, what the stream says.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <xxhash.h>

#include "compiler/gen_parts.h"

uint32_t text_of(Gen *g, Sym sym)
{
  if (sym == 0) return 0;
  if (sym < g->text_count && g->texts[sym]) return g->texts[sym] - 1;
  uint32_t number = builder_string(g->out, sym_text(g->program->names, sym), sym_len(g->program->names, sym));
  if (sym < g->text_count) g->texts[sym] = number + 1;
  return number;
}

uint32_t text_z(Gen *g, const char *text)
{
  return builder_string(g->out, text, strlen(text));
}

uint32_t text_printf(Gen *g, const char *format, ...)
{
  char text[256]; /* most are short and many are equal: no need to keep them twice */
  va_list args;
  va_start(args, format);
  int len = vsnprintf(text, sizeof text, format, args);
  va_end(args);
  if (len >= 0 && (size_t)len < sizeof text) return builder_string(g->out, text, (size_t)len);
  va_start(args, format);
  const char *all = arena_vprintf(g->arena, format, args);
  va_end(args);
  return text_z(g, all);
}

/* ---- rule text as evidence ---- */

enum { RULE_TEXT_MAX = 200 };

static bool is_space(char c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Past white space and comments. */
static const char *skip_blank(const char *at, const char *end)
{
  while (at < end && (is_space(*at) || *at == '#')) {
    if (*at == '#')
      while (at < end && *at != '\n') at++;
    else
      at++;
  }
  return at;
}

/* Past quoted text that begins at `at`. */
static const char *skip_quoted(const char *at, const char *end)
{
  for (at++; at < end && *at != '"'; at++)
    if (*at == '\\' && at + 1 < end) at++;
  return at < end ? at + 1 : end;
}

/* No code point is cut in two. */
static size_t cut_length(const char *text, size_t len)
{
  while (len > 0 && (text[len] & 0xc0) == 0x80) len--;
  return len;
}

const char *rule_text(Gen *g, Span span)
{
  const SourceFile *file = &g->program->sources->files[span.file];
  const char *at = file->text + span.start, *end = file->text + (span.end < file->len ? span.end : file->len);
  Buf buf;
  buf_init(&buf, g->arena);
  for (at = skip_blank(at, end); at < end && buf.len <= RULE_TEXT_MAX;) {
    const char *from = at;
    while (at < end && !is_space(*at) && *at != '#') at = *at == '"' ? skip_quoted(at, end) : at + 1;
    buf_put(&buf, from, (size_t)(at - from));
    const char *next = skip_blank(at, end);
    if (next < end && next > at) buf_char(&buf, ' ');
    at = next;
  }
  if (buf.len <= RULE_TEXT_MAX) return buf.len ? buf.data : "";
  return arena_printf(g->arena, "%.*s…", (int)cut_length(buf.data, RULE_TEXT_MAX), buf.data);
}

void too_large(Gen *g, Span span, const char *what, const char *limit)
{
  g->failed = true;
  Diag *diag = diag_add(g->diags, E0790, span, "this %s is too large: %s", what, limit);
  diag_help(g->diags, diag, "split it into several");
}

/* ---- sources ---- */

static size_t folder_length(const char *name)
{
  const char *slash = strrchr(name, '/');
  return slash ? (size_t)(slash - name) + 1 : 0;
}

/* As seen from the folder of the file given, so that a module does not depend on where it was compiled. */
static const char *portable_name(const Gen *g, uint32_t file)
{
  const SourceFile *files = g->program->sources->files;
  const char *name = files[file].name;
  size_t folder = folder_length(files[0].name);
  if (folder && strncmp(name, files[0].name, folder) == 0) return name + folder;
  return name[0] == '/' || strncmp(name, "..", 2) == 0 ? name + folder_length(name) : name;
}

/* The hash of the hashes of the texts, in order of loading. */
static XXH128_hash_t hash_sources(const Gen *g)
{
  uint32_t count = g->program->sources->count;
  XXH128_canonical_t *hashes = ARENA_ARRAY(g->arena, XXH128_canonical_t, count);
  for (uint32_t i = 0; i < count; i++) {
    const SourceFile *file = &g->program->sources->files[i];
    XXH128_canonicalFromHash(&hashes[i], XXH3_128bits(file->text, file->len));
  }
  return XXH3_128bits(hashes, count * sizeof *hashes);
}

void gen_sources(Gen *g)
{
  for (uint32_t i = 0; i < g->program->sources->count; i++) {
    const SourceFile *file = &g->program->sources->files[i];
    SourceRow row = {.name = text_z(g, portable_name(g, i)), 
                     .text = builder_string_kept(g->out, file->text, file->len)};
    *VEC_PUSH(g->arena, &g->out->Source) = row;
  }
}

void gen_meta(Gen *g)
{
  const StreamUse *stream = &g->program->stream;
  XXH128_hash_t hash = hash_sources(g);
  MetaRow row = {.name = text_of(g, g->program->module),
                 .zone = zone_row(g, stream->zone, stream->span),
                 .type_path = text_of(g, stream->type_path),
                 .time_path = text_of(g, stream->time_path),
                 .id_path = text_of(g, stream->id_path),
                 .time_format = stream->time_format,
                 .time_pattern = text_of(g, stream->time_pattern),
                 .has_dedupe = stream->has_dedupe,
                 .dedupe = stream->dedupe,
                 .lateness = stream->lateness,
                 .idle = stream->idle,
                 .ahead = stream->ahead,
                 .hash_low = (int64_t)hash.low64,
                 .hash_high = (int64_t)hash.high64};
  *VEC_PUSH(g->arena, &g->out->Meta) = row;
}
