/*
 * recover.c - where reading goes on after a mistake.
 *
 * A clause is given up to the next word that begins one, as the first of its
 * line and in the same block, or to the block's closing brace.  What is skipped
 * has its braces counted.  A word that only begins something outside of the
 * block, and is indented no deeper than the block itself, tells that a closing
 * brace was forgotten: then braces are put in before it.
 */
#include "grammar/recover.h"

#include "grammar/mot.tab.h"
#include "grammar/wanted.h"

void cut_openers(Parser *p, uint32_t depth)
{
  if (p->openers.len > depth) p->openers.len = depth;
}

uint32_t braces_above(const Parser *p, uint32_t depth)
{
  uint32_t braces = 0;
  for (uint32_t i = depth; i < p->openers.len; i++) braces += p->openers.data[i].block != 0;
  return braces;
}

bool begins_clause(const Parser *p, uint32_t block)
{
  int kind = p->last.kind;
  if ((keyword_starts(kind) & block) != 0) return true;
  if (block == IN_EVENT) return kind == LABEL;
  return block == IN_STREAM && kind == LNAME && p->last.first;
}

void close_down(Parser *p, uint32_t left)
{
  p->closers = braces_above(p, left);
  p->replay = p->last;
}

/* The kind of block that `depth` openers stand in. */
static uint32_t block_at(const Parser *p, uint32_t depth)
{
  while (depth > 0 && p->openers.data[depth - 1].block == 0) depth--;
  return depth == 0 ? IN_FILE : p->openers.data[depth - 1].block;
}

uint32_t brace_forgotten(const Parser *p)
{
  const Opener *open = open_brace(p);
  if (!open || !p->last.first || p->last.indent > open->indent) return 0;
  if (begins_clause(p, open->block)) return 0;
  for (uint32_t left = p->openers.len; left > 0; left--) {
    if (p->openers.data[left - 1].block == 0) continue;
    if (begins_clause(p, block_at(p, left - 1))) return left;
  }
  return 0;
}

/* Is this the second time that nothing goes on from the newest token? */
static bool stuck(Parser *p)
{
  uint32_t at = p->last.span.start + 1;
  bool again = p->recovered_at == at;
  p->recovered_at = at;
  return again;
}

static bool at_end(Parser *p, uint32_t depth)
{
  if (depth == 0) return false;
  p->muted = true;
  p->closers = 1;
  p->replay = p->last;
  return true;
}

static bool seek(Parser *p, Block block, uint32_t depth)
{
  p->panic = block;
  p->panic_depth = depth;
  p->panic_indent = p->last.indent;
  p->panic_starts = keyword_starts(p->last.kind);
  return true;
}

bool recover(Parser *p, Block block, uint32_t depth)
{
  uint32_t close_to = p->close_to;
  bool again = stuck(p);
  p->close_to = 0;
  if (p->last.kind == 0) return at_end(p, depth);
  if (close_to != 0 && !again) {
    close_down(p, close_to - 1);
    return true;
  }
  if (p->last.kind == '{' && p->before.kind == '{') {
    cut_openers(p, depth); /* one of two braces is too many */
    return true;
  }
  if (p->last.kind == '}' && !again && depth > 0 && p->openers.len == depth - 1) return false;
  if (!again && begins_clause(p, block) && braces_above(p, depth) == 0) {
    cut_openers(p, depth);
    return false;
  }
  return seek(p, block, depth);
}

/* The file's own words at the margin are trusted more than the count of braces. */
static bool at_margin(const Parser *p)
{
  return p->last.first && p->last.indent == 0 && (keyword_starts(p->last.kind) & IN_FILE) != 0;
}

/* The first word of a line that is very like one that begins a clause here. */
static bool begins_misspelt(const Parser *p)
{
  if (!p->last.first || p->last.kind != LNAME || p->panic == IN_STREAM || p->panic == IN_EVENT) return false;
  return nearest_clause(p, p->last.sym, p->panic) != 0;
}

/* A clause of another kind of block, indented as the one given up: a mistake of its own.  Of the kind of
 * block that the one given up belongs to, it is the same mistake: one brace puts many clauses out of place. */
static bool begins_elsewhere(const Parser *p)
{
  bool same_depth = p->last.first && p->last.indent == p->panic_indent && p->panic != IN_FILE;
  uint32_t starts = keyword_starts(p->last.kind);
  return same_depth && starts != 0 && (starts & p->panic_starts) == 0;
}

/* At a place where a clause can begin: does reading go on, here or further out? */
static bool goes_on(Parser *p, uint32_t depth)
{
  uint32_t len = p->openers.len;
  cut_openers(p, depth);
  if (begins_clause(p, p->panic) && (p->last.first || p->panic == IN_EVENT)) return true;
  if (begins_misspelt(p)) return true;
  uint32_t left = p->last.first ? brace_forgotten(p) : 0;
  if (left == 0 && begins_elsewhere(p)) return true;
  if (left != 0) {
    close_down(p, left - 1);
    return true;
  }
  p->openers.len = len;
  return false;
}

/* Is the newest token indented like the block, though braces inside of it are
 * open?  On the line of the mistake indentation says little. */
static bool outdented(const Parser *p, uint32_t depth)
{
  const Opener *inner = &p->openers.data[depth];
  bool doubtful = inner->line + 1 == p->error_line;
  return p->last.first && p->last.indent + doubtful <= inner->indent;
}

bool still_lost(Parser *p)
{
  uint32_t depth = p->panic_depth;
  if (p->last.kind == 0) return false;
  if (p->last.kind == '}' && depth > 0 && p->openers.len == depth - 1) return false;
  if (braces_above(p, depth) != 0 && !at_margin(p) && !outdented(p, depth)) return true;
  return !goes_on(p, depth);
}

/* A brace that the text does not have, before the newest token. */
static void open_unseen(Parser *p, uint32_t depth)
{
  cut_openers(p, depth - 1);
  while (p->openers.len < depth - 1) p->openers.len++; /* the newest `}` had closed one further out */
  if (p->last.kind == '}') return;
  Opener unseen = {p->last.span.start, p->before.line, p->before.indent, p->opening};
  *VEC_PUSH(p->in->arena, &p->openers) = unseen;
}

static bool ends_search(const Parser *p)
{
  return p->last.first || p->last.kind == '}' || p->last.kind == 0 || begins_clause(p, p->opening);
}

bool missing_brace(Parser *p, int *ret_depth)
{
  uint32_t depth = p->openers.len + 1;
  if (p->last.kind == '(' || p->last.kind == '{') depth--;
  if (p->last.kind == '}' && !p->surplus) depth++;
  *ret_depth = (int)depth;
  bool ends = ends_search(p);
  if (ends)
    open_unseen(p, depth);
  else
    p->brace_depth = depth;
  return !ends;
}

bool brace_found(Parser *p)
{
  uint32_t depth = p->brace_depth;
  bool found = p->last.kind == '{';
  if (!found && !ends_search(p)) return false;
  p->brace_depth = 0;
  if (!found) {
    open_unseen(p, depth);
    return true;
  }
  p->openers.data[depth - 1] = p->openers.data[p->openers.len - 1];
  p->openers.len = depth;
  return true;
}
