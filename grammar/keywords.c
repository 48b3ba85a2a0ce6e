/*
 * keywords.c - the words of the language by token and by symbol.
 */
#include "grammar/mot.tab.h"
#include "grammar/parser.h"

typedef struct Keyword {
  const char *text;
  uint32_t starts;
} Keyword;

static const Keyword KEYWORDS[] = {
#define KEYWORD(word, token, starts) {#word, starts},
#include "grammar/keywords.def"
#undef KEYWORD
};

enum {
#define KEYWORD(word, token, starts) ROW_##token,
#include "grammar/keywords.def"
#undef KEYWORD
  KEYWORDS_COUNT
};

/* mot.y must declare the tokens in the order of the table. */
#define KEYWORD(word, token, starts) _Static_assert((int)token - (int)KW_MODULE == (int)ROW_##token, #word);
#include "grammar/keywords.def"
#undef KEYWORD
_Static_assert(KEYWORDS_COUNT * 2 < KEYWORD_SLOTS, "the table of symbols stays half empty");

static uint32_t slot_of(const Parser *p, Sym sym)
{
  uint32_t i = sym * 0x9E3779B1u >> 23;
  while (p->keywords[i].sym != 0 && p->keywords[i].sym != sym) i = (i + 1) % KEYWORD_SLOTS;
  return i;
}

void keywords_enter(Parser *p)
{
  for (int row = 0; row < KEYWORDS_COUNT; row++) {
    Sym sym = intern_z(p->in->interner, KEYWORDS[row].text);
    uint32_t i = slot_of(p, sym);
    p->keywords[i].sym = sym;
    p->keywords[i].token = KW_MODULE + row;
  }
}

int keyword_token(const Parser *p, Sym sym)
{
  return p->keywords[slot_of(p, sym)].token;
}

static const Keyword *row_of(int token)
{
  return token >= KW_MODULE && token < KW_MODULE + KEYWORDS_COUNT ? &KEYWORDS[token - KW_MODULE] : NULL;
}

const char *keyword_of(int token)
{
  const Keyword *row = row_of(token);
  return row ? row->text : NULL;
}

uint32_t keyword_starts(int token)
{
  const Keyword *row = row_of(token);
  return row ? row->starts : 0;
}

const char *keyword_text(uint32_t index)
{
  return index < KEYWORDS_COUNT ? KEYWORDS[index].text : NULL;
}
