/*
 * tokens.c - what stands between scanner and grammar.
 */
#include "grammar/tokens.h"

#include <string.h>

#include "grammar/docs.h"
#include "grammar/recover.h"
#include "grammar/scanner.h"
#include "grammar/syntax.h"

void scan_space(Parser *p, const char *text, size_t len, uint32_t at)
{
  size_t line = len;
  while (line > 0 && text[line - 1] != '\n') line--;
  if (line > 0) {
    p->line = at + (uint32_t)line;
    p->fresh = true;
  }
  if (p->fresh) p->indent = at + (uint32_t)len - p->line;
}

/* The block that a brace behind this word opens; 0: the word says nothing about that. */
static uint16_t block_of(int token)
{
  switch (token) {
  case KW_STREAM: return IN_STREAM;
  case KW_CALENDAR: return IN_CALENDAR;
  case KW_EVENT: return IN_EVENT;
  case KW_OWNER:
  case KW_TEAM: return IN_OWNER;
  case KW_EXPERIENCE: return IN_EXPERIENCE;
  case KW_MOT:
  case KW_PATTERN: return IN_MOT;
  case KW_ON: return IN_ACTIONS;
  case KW_GOAL: return IN_GOAL;
  case KW_NSAT: return IN_NSAT;
  case KW_REVIEW: return IN_REVIEW;
  case KW_TEST: return IN_TEST;
  case KW_CASE: return IN_CASE;
  case KW_AT:
  case KW_AFTER: return IN_VALUES;
  default: return 0;
  }
}

static void open_bracket(Parser *p, int kind, uint32_t at)
{
  Opener *opener = VEC_PUSH(p->in->arena, &p->openers);
  *opener = (Opener){at, p->last.line, p->last.indent, kind == '{' ? p->opening : 0};
  if (kind == '{' && opener->block == 0) opener->block = IN_VALUES;
  if (p->openers.len > PARSE_NESTING) say_too_deep(p, p->last.span);
}

/* A brace closes what parentheses were forgotten inside of it. */
static void close_bracket(Parser *p, int kind)
{
  uint32_t len = p->openers.len;
  p->unclosed = 0;
  while (kind == '}' && len > 0 && p->openers.data[len - 1].block == 0)
    p->unclosed = p->openers.data[--len].at + 1;
  p->surplus = len == 0 || (p->openers.data[len - 1].block == 0) != (kind == ')');
  if (!p->surplus) p->openers.len = len - 1;
}

static bool begins_documented(int kind)
{
  if (kind == LABEL || kind == KW_MOT || kind == KW_GOAL) return true;
  return (keyword_starts(kind) & IN_FILE) != 0;
}

/* `event` behind a parameter's label opens nothing: `pattern P(Call: event) {`. */
static void note_word(Parser *p, int kind)
{
  uint16_t block = block_of(kind);
  bool parameter = kind == KW_EVENT && p->before.kind == ULABEL;
  if (block != 0 && !parameter) p->opening = block;
  const Opener *open = open_brace(p);
  if ((keyword_starts(kind) & (open ? open->block : IN_FILE)) != 0) p->clause = kind;
}

static void track(Parser *p, int kind, const MOT_STYPE *value, Span span)
{
  Sym sym = kind == LNAME || kind == UNAME || keyword_of(kind) ? value->name.sym : 0;
  p->before = p->last;
  p->last = (Token){kind, sym, span, p->line, p->indent, p->fresh};
  p->fresh = false;
  p->after_dot = kind == '.';
  if (p->doc_lines != 0) docs_meet(p, span.start, begins_documented(kind));
  if (kind == '{' || kind == '(')
    open_bracket(p, kind, span.start);
  else if (kind == '}' || kind == ')')
    close_bracket(p, kind);
  else if (keyword_of(kind))
    note_word(p, kind);
}

static int read_token(Parser *p, MOT_STYPE *value, Span *span)
{
  int kind = p->stopped ? 0 : scan_token(value, span, p->scanner);
  if (p->stopped) *span = p->last.span;
  track(p, kind, value, *span);
  if (kind == '{') value->num = (int)p->openers.len;
  if (p->tokens && kind != 0) *VEC_PUSH(p->in->arena, p->tokens) = (LexToken){kind, *span};
  return kind;
}

static int hand_closer(Parser *p, Span *span)
{
  p->closers--;
  uint32_t at = p->replay.kind >= 0 ? p->replay.span.start : p->last.span.end;
  *span = (Span){p->out->file, at, at};
  p->last = (Token){'}', 0, *span, p->last.line, p->last.indent, false};
  close_bracket(p, '}');
  return '}';
}

static int hand_replay(Parser *p, MOT_STYPE *value, Span *span)
{
  int kind = p->replay.kind;
  p->last = p->replay;
  *span = p->replay.span;
  value->name = (AstName){p->replay.sym, p->replay.span};
  p->replay.kind = -1;
  return kind;
}

static int new_token(Parser *p, MOT_STYPE *value, Span *span)
{
  int kind;
  while (p->brace_depth != 0) {
    kind = read_token(p, value, span);
    if (brace_found(p) && kind != '{') return kind;
  }
  do kind = read_token(p, value, span);
  while (p->panic != 0 && still_lost(p));
  if (p->panic != 0) p->resumed_at = span->start + 1;
  p->panic = 0;
  const Opener *open = open_brace(p);
  if (kind == 0 && open) {
    say_never_closed(p, open);
    close_down(p, 0);
  }
  return kind;
}

int next_token(MOT_STYPE *value, Span *span, Parser *p)
{
  if (p->swallowed != 0) {
    p->closers += p->swallowed;
    p->swallowed = 0;
  }
  if (p->closers == 0 && p->replay.kind < 0) {
    int kind = new_token(p, value, span);
    if (p->closers == 0) return kind;
  }
  if (p->closers > 0) return hand_closer(p, span);
  return hand_replay(p, value, span);
}
