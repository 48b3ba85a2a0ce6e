/*
 * docs.c - comments, and the `##` ones that document what follows.
 */
#include "grammar/docs.h"

void comment_line(Parser *p, Span span)
{
  if (!p->comments) return;
  AstComment *comment = ARENA_NEW(p->in->arena, AstComment);
  comment->n.span = span;
  AstNode *node = &comment->n;
  if (p->comments->last)
    p->comments->last->next = node;
  else
    p->comments->first = node;
  p->comments->last = node;
  p->comments->count++;
}

void doc_line(Parser *p, Span span)
{
  comment_line(p, span);
  uint32_t from = span.start + 2;
  if (from < span.end && p->text[from] == ' ') from++;
  if (p->doc_lines++ == 0)
    p->doc.len = 0;
  else
    buf_char(&p->doc, '\n');
  buf_put(&p->doc, p->text + from, span.end - from);
}

void docs_meet(Parser *p, uint32_t at, bool begins)
{
  if (begins) {
    Sym text = intern(p->in->interner, p->doc.len != 0 ? p->doc.data : "", p->doc.len);
    *VEC_PUSH(p->in->arena, &p->docs) = (Doc){at, text};
  }
  p->doc_lines = 0;
}

Sym doc_at(const Parser *p, uint32_t at)
{
  uint32_t low = 0, high = p->docs.len;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (p->docs.data[middle].at < at)
      low = middle + 1;
    else
      high = middle;
  }
  return low < p->docs.len && p->docs.data[low].at == at ? p->docs.data[low].text : 0;
}
