/*
 * type.c - types: sameness, and how they read.
 */
#include "compiler/type.h"

#include "base/buf.h"

enum { SHOWN_VALUES = 6 };

typedef struct TypeWords {
  const char *name;   /* as written in a rule file */
  const char *phrase; /* in a sentence */
} TypeWords;

static const TypeWords words[] = {
  [VALUE_NONE] = {"nothing", "nothing"},
  [VALUE_BOOL] = {"bool", "true or false"},
  [VALUE_INT] = {"int", "a whole number"},
  [VALUE_NUMBER] = {"number", "a number"},
  [VALUE_PERCENT] = {"percent", "a percentage"},
  [VALUE_TEXT] = {"text", "a text"},
  [VALUE_ID] = {"id", "an id"},
  [VALUE_TIME] = {"time", "a time"},
  [VALUE_DURATION] = {"duration", "a length of time"},
  [VALUE_MONEY] = {"money", "an amount of money"},
  [VALUE_LISTED] = {"one of", "one of"},
  [TYPE_ERROR] = {"unknown", "an unknown value"},
};

static bool listed_same(const ListedType *a, const ListedType *b)
{
  if (a == b) return true;
  if (!a || !b || a->count != b->count) return false;
  for (uint32_t i = 0; i < a->count; i++) {
    if (a->values[i].name != b->values[i].name) return false;
  }
  return true;
}

bool type_same(Type a, Type b)
{
  if (type_wrong(a) || type_wrong(b)) return true;
  if (a.base != b.base) return false;
  if (a.base == VALUE_MONEY) return a.currency == b.currency;
  return a.base != VALUE_LISTED || listed_same(a.listed, b.listed);
}

bool type_is(Type type, unsigned base)
{
  return type.base == base || type_wrong(type);
}

bool type_ordered(Type type)
{
  switch (type.base) {
  case VALUE_INT:
  case VALUE_NUMBER:
  case VALUE_PERCENT:
  case VALUE_TIME:
  case VALUE_DURATION:
  case VALUE_MONEY:
  case TYPE_ERROR: return true;
  default: return false;
  }
}

int64_t listed_index(const ListedType *listed, Sym name)
{
  for (uint32_t i = 0; listed && i < listed->count; i++) {
    if (listed->values[i].name == name) return i;
  }
  return -1;
}

static const char *currency_text(const Checker *ck, Type type)
{
  const Program *program = ck->program;
  bool known = type.currency < program->currencies.len;
  return known ? sym_text(ck->names, program->currencies.data[type.currency].code) : "?";
}

static const char *listed_text(const Checker *ck, const ListedType *listed)
{
  Buf buf;
  buf_init(&buf, ck->arena);
  buf_text(&buf, "one of ");
  for (uint32_t i = 0; i < listed->count && i < SHOWN_VALUES; i++) {
    if (i > 0) buf_text(&buf, ", ");
    buf_text(&buf, sym_text(ck->names, listed->values[i].name));
  }
  if (listed->count > SHOWN_VALUES) buf_text(&buf, ", …");
  return buf.data;
}

const char *type_text(const Checker *ck, Type type)
{
  const char *name = words[type.base].name;
  if (type.base == VALUE_MONEY) name = arena_printf(ck->arena, "money(%s)", currency_text(ck, type));
  if (type.base == VALUE_LISTED && type.listed) name = listed_text(ck, type.listed);
  return type.optional ? arena_printf(ck->arena, "%s?", name) : name;
}

const char *type_phrase(const Checker *ck, Type type)
{
  if (type.base == VALUE_MONEY) return arena_printf(ck->arena, "an amount of %s", currency_text(ck, type));
  if (type.base == VALUE_LISTED && type.listed) return listed_text(ck, type.listed);
  return words[type.base].phrase;
}
