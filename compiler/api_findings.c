/*
 * api_findings.c - diagnostics as the public header shows them.
 */
#include <string.h>

#include "compiler/api.h"

static mot_place place_of(Sources *sources, Span span)
{
  Place from = source_place(sources, span.file, span.start), to = source_place(sources, span.file, span.end);
  return (mot_place){sources->files[span.file].name, from.line, from.column, to.line, to.column, span.start,
                     span.end - span.start};
}

static mot_severity severity_of(Severity severity)
{
  return severity == SEV_ERROR ? MOT_ERROR : MOT_WARNING;
}

static mot_finding finding_of(Sources *sources, const Diag *d)
{
  mot_finding f = {.code = diag_info[d->code].code,
                   .severity = severity_of(d->severity),
                   .title = diag_info[d->code].title,
                   .message = d->message,
                   .place = place_of(sources, d->span),
                   .help = d->help,
                   .fix = d->fix_text,
                   .allowed = d->allowed};
  if (d->fix_text) f.fix_place = place_of(sources, d->fix);
  for (const DiagNote *n = d->notes; n; n = n->next) f.notes++;
  return f;
}

static mot_note *notes_of(Arena *arena, Sources *sources, const Diag *d, size_t count)
{
  mot_note *notes = ARENA_ARRAY(arena, mot_note, count + 1);
  size_t i = 0;
  for (const DiagNote *n = d->notes; n; n = n->next) notes[i++] = (mot_note){n->text, place_of(sources, n->span)};
  return notes;
}

void api_collect(mot_compilation *compilation)
{
  Sources *sources = &compilation->compile.sources;
  Arena *arena = &compilation->arena;
  size_t count = 0;
  for (const Diag *d = compilation->compile.diags.first; d; d = d->next) count++;
  compilation->findings = ARENA_ARRAY(arena, mot_finding, count + 1);
  compilation->notes = ARENA_ARRAY(arena, mot_note *, count + 1);
  for (const Diag *d = compilation->compile.diags.first; d; d = d->next) {
    mot_finding *f = &compilation->findings[compilation->count];
    *f = finding_of(sources, d);
    compilation->notes[compilation->count++] = notes_of(arena, sources, d, f->notes);
  }
}

size_t mot_finding_count(const mot_compilation *compilation)
{
  return compilation->count;
}

bool mot_finding_get(mot_compilation *compilation, size_t index, mot_finding *ret_finding)
{
  if (index >= compilation->count) return false;
  *ret_finding = compilation->findings[index];
  return true;
}

bool mot_finding_note(mot_compilation *compilation, size_t index, size_t note, mot_note *ret_note)
{
  if (index >= compilation->count || note >= compilation->findings[index].notes) return false;
  *ret_note = compilation->notes[index][note];
  return true;
}

size_t mot_error_count(const mot_compilation *compilation)
{
  return compilation->compile.diags.errors;
}

size_t mot_warning_count(const mot_compilation *compilation)
{
  return compilation->compile.diags.warnings;
}

/* The start of line `line`, by the file's line table where there is one; NULL when it has fewer lines. */
static const char *line_start(const SourceFile *f, uint32_t line)
{
  if (f->lines) return line >= 1 && line <= f->line_count ? f->text + f->lines[line - 1] : NULL;
  const char *p = line >= 1 ? f->text : NULL, *end = f->text + f->len;
  for (uint32_t i = 1; p && i < line; i++) {
    p = memchr(p, '\n', (size_t)(end - p));
    if (p) p++;
  }
  return p;
}

static size_t line_length(const SourceFile *f, const char *start)
{
  size_t rest = f->len - (size_t)(start - f->text);
  const char *end = memchr(start, '\n', rest);
  size_t len = end ? (size_t)(end - start) : rest;
  return len > 0 && start[len - 1] == '\r' ? len - 1 : len;
}

const char *mot_source_line(mot_compilation *compilation, const char *file, uint32_t line, size_t *ret_length)
{
  const Sources *sources = &compilation->compile.sources;
  for (uint32_t i = 0; i < sources->count; i++) {
    const SourceFile *f = &sources->files[i];
    if (strcmp(f->name, file) != 0) continue;
    const char *start = line_start(f, line);
    if (start) *ret_length = line_length(f, start);
    return start;
  }
  return NULL;
}

bool mot_explanation_at(size_t index, mot_explanation *ret_explanation)
{
  if (index >= DIAG_CODES) return false;
  const DiagInfo *d = &diag_info[index];
  *ret_explanation = (mot_explanation){d->code, severity_of(d->severity), d->title, d->cause, d->wrong, d->right};
  return true;
}

bool mot_explain(const char *code, mot_explanation *ret_explanation)
{
  return mot_explanation_at(diag_code(code), ret_explanation);
}
