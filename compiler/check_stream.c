/*
 * check_stream.c - the stream: where type, time and id of an event stand in the
 * data, its zone, and how much disorder it may have.
 */
#include <string.h>

#include "compiler/scope.h"

static const int64_t AHEAD = INT64_C(5) * 60 * 1000000; /* microseconds */

StreamUse stream_default(const Checker *ck)
{
  return (StreamUse){.type_path = intern_z(ck->names, "type"),
                     .time_path = intern_z(ck->names, "time"),
                     .time_format = FORMAT_PLAIN,
                     .idle = -1,
                     .ahead = AHEAD,
                     .zone = intern_z(ck->names, "UTC")};
}

/* ---- type, time, id ---------------------------------------------------------------------- */

static void say_fields(Checker *ck, AstName name)
{
  Sym names[3] = {intern_z(ck->names, "type"), intern_z(ck->names, "time"), intern_z(ck->names, "id")};
  Diag *diag = SAY(ck, E0217, name.span, "a stream has no `%s`", sym_text(ck->names, name.sym));
  Sym near = nearest(ck, name.sym, names, 3);
  if (near) {
    diag_help(ck->diags, diag, "did you mean `%s`?", sym_text(ck->names, near));
    diag_fix(ck->diags, diag, name.span, "%s", sym_text(ck->names, near));
  } else {
    diag_help(ck->diags, diag, "it says where `type`, `time` and `id` of every event are found");
  }
}

static void check_time_format(Checker *ck, AstName format, uint8_t *ret_format)
{
  const char *text = sym_text(ck->names, format.sym);
  if (strcmp(text, "unix_s") == 0) {
    *ret_format = FORMAT_UNIX_SECONDS;
  } else if (strcmp(text, "unix_ms") == 0) {
    *ret_format = FORMAT_UNIX_MILLISECONDS;
  } else if (strcmp(text, "iso") != 0) {
    Diag *diag = SAY(ck, E0217, format.span, "times cannot be read as `%s`", text);
    diag_help(ck->diags, diag, "times come `as iso` (the default), `as unix_s`, `as unix_ms`, or as a pattern says: "
              "`as \"%%d/%%m/%%Y %%H:%%M\"`");
  }
}

static void check_pattern_of_times(Checker *ck, AstText pattern, StreamUse *stream)
{
  if (!check_time_pattern(ck, pattern)) return;
  stream->time_format = FORMAT_PATTERN;
  stream->time_pattern = pattern.sym;
}

static void check_dedupe(Checker *ck, StreamUse *stream, const AstExpr *dedupe)
{
  if (dedupe->n.kind != AX_DURATION) return;
  stream->has_dedupe = true;
  stream->dedupe = dedupe->u.i;
  if (dedupe->u.i <= 0) SAY(ck, E0217, dedupe->n.span, "an id is remembered for longer than 0");
}

/* `type` 0, `time` 1, `id` 2. */
static void check_place(Checker *ck, StreamUse *stream, const AstItem *item, int which)
{
  Sym *paths[3] = {&stream->type_path, &stream->time_path, &stream->id_path};
  AstName format = item->u.stream.format;
  AstText pattern = item->u.stream.pattern;
  check_data_path(ck, item->u.stream.path);
  *paths[which] = item->u.stream.path.sym;
  if (format.sym && which == 1) check_time_format(ck, format, &stream->time_format);
  if (pattern.sym && which == 1) check_pattern_of_times(ck, pattern, stream);
  if ((format.sym || pattern.sym) && which != 1)
    SAY(ck, E0217, format.sym ? format.span : pattern.span, "only `time` is read `as` something");
  if (!item->u.stream.dedupe) return;
  if (which == 2)
    check_dedupe(ck, stream, item->u.stream.dedupe);
  else
    SAY(ck, E0217, item->u.stream.dedupe->n.span, "only `id` can have `dedupe`");
}

static void check_stream_field(Checker *ck, StreamUse *stream, const AstItem *item, const AstItem *seen[3])
{
  static const char *const words[3] = {"type", "time", "id"};
  int which = 0;
  while (which < 3 && strcmp(sym_text(ck->names, item->u.stream.name.sym), words[which]) != 0) which++;
  if (which == 3) {
    say_fields(ck, item->u.stream.name);
    return;
  }
  if (seen[which]) {
    Diag *diag = SAY(ck, E0204, item->u.stream.name.span, "`%s` is given twice", words[which]);
    diag_note(ck->diags, diag, seen[which]->u.stream.name.span, "the first is here");
    return;
  }
  seen[which] = item;
  check_place(ck, stream, item, which);
}

/* ---- all of it ------------------------------------------------------------------------------ */

static void check_item(Checker *ck, StreamUse *stream, const AstItem *item, Seen *seen)
{
  if (item->n.kind == AI_ERROR || item->n.kind == AI_ALLOW || !clause_once(ck, seen, item)) return;
  switch (item->n.kind) {
  case AI_ZONE:
    stream->zone = item->u.text.sym;
    check_zone(ck, item->u.text);
    break;
  case AI_LATENESS: stream->lateness = item->u.expr->u.i; break;
  case AI_IDLE: stream->idle = item->u.expr->u.i; break;
  case AI_AHEAD: stream->ahead = item->u.expr->u.i; break;
  default: break;
  }
}

void check_stream(Checker *ck, const AstDecl *decl)
{
  StreamUse stream = stream_default(ck);
  const AstItem *places[3] = {NULL, NULL, NULL};
  Seen seen = {0};
  stream.span = decl->n.span;
  for (AST_EACH(AstItem, item, decl->items)) {
    if (item->n.kind == AI_STREAM_FIELD)
      check_stream_field(ck, &stream, item, places);
    else
      check_item(ck, &stream, item, &seen);
  }
  ck->program->stream = stream;
}

/* ---- which of several -------------------------------------------------------------------------- */

static bool stream_same(const StreamUse *a, const StreamUse *b)
{
  return a->type_path == b->type_path && a->time_path == b->time_path && a->id_path == b->id_path &&
         a->time_format == b->time_format && a->time_pattern == b->time_pattern && a->has_dedupe == b->has_dedupe && a->dedupe == b->dedupe &&
         a->lateness == b->lateness && a->idle == b->idle && a->ahead == b->ahead && a->zone == b->zone;
}

/* The first stream of a file; further ones are reported. */
static const AstDecl *stream_of(Checker *ck, const Unit *unit)
{
  const AstDecl *first = NULL;
  for (AST_EACH(AstDecl, decl, unit->file->decls)) {
    if (decl->n.kind != AD_STREAM) continue;
    if (first) {
      Diag *diag = SAY(ck, E0216, decl->n.span, "there are two streams");
      diag_note(ck->diags, diag, first->n.span, "the first is here");
      diag_help(ck->diags, diag, "a program reads one stream: put all its clauses into one");
    } else {
      first = decl;
    }
  }
  return first;
}

static void say_differ(Checker *ck, const AstDecl *decl, Span other)
{
  Diag *diag = SAY(ck, E0216, decl->n.span, "two files that are used have different streams");
  diag_note(ck->diags, diag, other, "the other is here");
  diag_help(ck->diags, diag, "declare the stream that counts in the file that uses them");
}

void choose_stream(Checker *ck)
{
  const AstDecl *own = stream_of(ck, ck->main);
  ck->program->stream = stream_default(ck);
  if (own) check_stream(ck, own);
  bool found = own != NULL;
  for (uint32_t i = 0; i < ck->units.len && !own; i++) {
    const AstDecl *decl = ck->units.data[i] == ck->main ? NULL : stream_of(ck, ck->units.data[i]);
    if (!decl) continue;
    StreamUse before = ck->program->stream;
    check_stream(ck, decl);
    if (found && !stream_same(&before, &ck->program->stream)) say_differ(ck, decl, before.span);
    found = true;
  }
}
