/*
 * check_type.c - types as written: what each can be told, and what is wrong with it.
 */
#include <string.h>
#include <strings.h>

#include "compiler/scope.h"
#include "compiler/type.h"

/* ---- currencies ------------------------------------------------------------------- */

static const struct { char code[4]; uint8_t exponent; } currencies[] = {
#define CURRENCY(code, exponent) {#code, exponent},
#include "compiler/iso4217.def"
#undef CURRENCY
};
enum { CURRENCIES = sizeof currencies / sizeof *currencies };

/* The row of a code, or CURRENCIES. */
static uint32_t currency_row(const char *code)
{
  uint32_t row = 0;
  while (row < CURRENCIES && strcmp(currencies[row].code, code) != 0) row++;
  return row;
}

/* `5 D`: meant is a unit of time, which is written small. */
static const char *unit_in_capitals(const char *code)
{
  static const char *const UNITS[] = {"ms", "s", "min", "h", "d", "w"};
  for (size_t i = 0; i < sizeof UNITS / sizeof *UNITS; i++)
    if (strcasecmp(UNITS[i], code) == 0) return UNITS[i];
  return NULL;
}

static void say_no_currency(Checker *ck, Sym code, Span span)
{
  Sym codes[CURRENCIES];
  for (uint32_t i = 0; i < CURRENCIES; i++) codes[i] = intern_z(ck->names, currencies[i].code);
  Diag *diag = SAY(ck, E0210, span, "`%s` is no currency", sym_text(ck->names, code));
  const char *unit = unit_in_capitals(sym_text(ck->names, code));
  Sym near = unit ? 0 : nearest(ck, code, codes, CURRENCIES);
  if (unit) {
    diag_help(ck->diags, diag, "units of time are written small: `%s`", unit);
  } else if (near) {
    diag_help(ck->diags, diag, "did you mean `%s`?", sym_text(ck->names, near));
    diag_fix(ck->diags, diag, span, "%s", sym_text(ck->names, near));
  } else {
    diag_help(ck->diags, diag, "currencies are the three letters of ISO 4217: `EUR`, `USD`, `JPY`");
  }
}

/* An unknown currency is entered too, so that it agrees with itself from then on. */
uint8_t currency_named(Checker *ck, Sym code, Span span)
{
  uint32_t row = currency_row(sym_text(ck->names, code));
  if (row == CURRENCIES) say_no_currency(ck, code, span);
  for (uint32_t i = 0; i < ck->program->currencies.len; i++)
    if (ck->program->currencies.data[i].code == code) return (uint8_t)i;
  if (ck->program->currencies.len > UINT8_MAX) return 0;
  CurrencyUse *use = VEC_PUSH(ck->arena, &ck->program->currencies);
  use->code = code;
  use->exponent = row < CURRENCIES ? currencies[row].exponent : 2;
  return (uint8_t)(ck->program->currencies.len - 1);
}

/* ---- listed values ------------------------------------------------------------------ */

/* Equal for the same names in any order. */
static uint64_t set_hash(const ListedType *type)
{
  uint64_t hash = type->count;
  for (uint32_t i = 0; i < type->count; i++) {
    uint64_t name = (uint64_t)type->values[i].name * 0x9e3779b97f4a7c15u;
    hash += (name ^ name >> 29) * 0xbf58476d1ce4e5b9u;
  }
  return hash;
}

/* Name -> place + 1. */
static Map places_of(Checker *ck, const ListedType *type)
{
  Map places;
  map_init(&places, ck->arena);
  for (uint32_t i = 0; i < type->count; i++)
    map_put(&places, type->values[i].name, (void *)(uintptr_t)(i + 1));
  return places;
}

static uintptr_t place_of(const Map *places, Sym name)
{
  return (uintptr_t)map_get(places, name);
}

static bool same_names(const ListedType *model, const ListedType *type, const Map *places)
{
  if (model->count != type->count) return false;
  for (uint32_t i = 0; i < model->count; i++)
    if (!place_of(places, model->values[i].name)) return false;
  return true;
}

/* `type` in the order of `model`; true when the raw texts agree too. */
static bool order_as(Checker *ck, const ListedType *model, ListedType *type, const Map *places)
{
  ListedValueName *values = ARENA_ARRAY(ck->arena, ListedValueName, type->count);
  bool same = true;
  for (uint32_t i = 0; i < model->count; i++) {
    values[i] = type->values[place_of(places, model->values[i].name) - 1];
    same &= values[i].raw == model->values[i].raw;
  }
  type->values = values;
  return same;
}

/* The same names are the same type: their numbers agree, whatever the raw texts. */
static ListedType *listed_shared(Checker *ck, ListedType *type)
{
  uint64_t key = set_hash(type);
  Map places = places_of(ck, type);
  ListedType *model = map_get(&ck->listed_sets, key);
  while (model && !same_names(model, type, &places)) model = map_get(&ck->listed_sets, ++key);
  if (!model) map_put(&ck->listed_sets, key, type);
  if (model && order_as(ck, model, type, &places)) return model;
  *VEC_PUSH(ck->arena, &ck->program->listed) = type;
  return type;
}

static bool value_new(Checker *ck, Map *seen, Sym text, const AstWord *word, const char *what)
{
  const AstWord *before = map_put(seen, text, (void *)(uintptr_t)word);
  if (!before) return true;
  Diag *diag = SAY(ck, E0207, word->n.span, "%s `%s` is listed twice", what, sym_text(ck->names, text));
  diag_note(ck->diags, diag, before->n.span, "the first is here");
  return false;
}

static Type listed_type(Checker *ck, const AstType *ast)
{
  Map names, raws;
  map_init(&names, ck->arena);
  map_init(&raws, ck->arena);
  ListedType *type = ARENA_NEW(ck->arena, ListedType);
  type->values = ARENA_ARRAY(ck->arena, ListedValueName, ast->values.count);
  for (AST_EACH(AstWord, word, ast->values)) {
    Sym raw = word->raw ? word->raw : word->sym;
    bool fresh = value_new(ck, &names, word->sym, word, "the value");
    if (!fresh || !value_new(ck, &raws, raw, word, "the text")) continue;
    type->values[type->count++] = (ListedValueName){word->sym, raw};
  }
  if (ast->values.count > VALUES_MAX) {
    SAY(ck, E0714, ast->span, "more than %d values are listed", VALUES_MAX);
    return type_error();
  }
  return (Type){.base = VALUE_LISTED, .listed = listed_shared(ck, type)};
}

/* ---- all of them ---------------------------------------------------------------------- */

static const struct { const char *name; uint8_t base; } type_names[] = {
  {"bool", VALUE_BOOL}, {"int", VALUE_INT}, {"number", VALUE_NUMBER}, {"percent", VALUE_PERCENT},
  {"text", VALUE_TEXT}, {"id", VALUE_ID}, {"time", VALUE_TIME}, {"duration", VALUE_DURATION},
  {"money", VALUE_MONEY},
};
enum { TYPE_NAMES = sizeof type_names / sizeof *type_names };

/* What other languages call them. */
static const struct { const char *name, *here; } foreign_names[] = {
  {"string", "text"}, {"str", "text"}, {"varchar", "text"}, {"char", "text"}, {"float", "number"},
  {"double", "number"}, {"decimal", "number"}, {"real", "number"}, {"integer", "int"}, {"long", "int"},
  {"boolean", "bool"}, {"date", "time"}, {"datetime", "time"}, {"timestamp", "time"}, {"uuid", "id"},
  {"key", "id"}, {"enum", "one of a, b, c"}, {"interval", "duration"}, {"percentage", "percent"},
  {"currency", "money(EUR)"}, {"amount", "money(EUR)"},
};

static void say_no_type(Checker *ck, AstName name)
{
  const char *text = sym_text(ck->names, name.sym);
  Diag *diag = SAY(ck, E0209, name.span, "there is no type `%s`", text);
  for (uint32_t i = 0; i < sizeof foreign_names / sizeof *foreign_names; i++) {
    if (strcmp(foreign_names[i].name, text) != 0) continue;
    diag_help(ck->diags, diag, "here it is `%s`", foreign_names[i].here);
    diag_fix(ck->diags, diag, name.span, "%s", foreign_names[i].here);
    return;
  }
  Sym names[TYPE_NAMES];
  for (uint32_t i = 0; i < TYPE_NAMES; i++) names[i] = intern_z(ck->names, type_names[i].name);
  Sym near = nearest(ck, name.sym, names, TYPE_NAMES);
  if (near) {
    diag_help(ck->diags, diag, "did you mean `%s`?", sym_text(ck->names, near));
    diag_fix(ck->diags, diag, name.span, "%s", sym_text(ck->names, near));
  } else {
    diag_help(ck->diags, diag, "types are bool, int, number, percent, text, id, time, duration, money(EUR) "
                               "and `one of a, b, c`");
  }
}

static uint8_t base_named(const Checker *ck, Sym name)
{
  for (uint32_t i = 0; i < TYPE_NAMES; i++)
    if (strcmp(type_names[i].name, sym_text(ck->names, name)) == 0) return type_names[i].base;
  return TYPE_ERROR;
}

static Type money_type(Checker *ck, const AstType *ast)
{
  if (ast->arg.sym)
    return (Type){.base = VALUE_MONEY, .currency = currency_named(ck, ast->arg.sym, ast->arg.span)};
  if (!ast->arg_text.sym) {
    Diag *diag = SAY(ck, E0210, ast->name.span, "the currency is missing");
    diag_help(ck->diags, diag, "say which money it is: `money(EUR)`");
    diag_fix(ck->diags, diag, ast->name.span, "money(EUR)");
  }
  return type_error();
}

static void check_range(Checker *ck, const AstType *ast, Type type)
{
  if (type.base != VALUE_INT) {
    if (type.base == TYPE_ERROR) return;
    Diag *diag = SAY(ck, E0212, ast->span, "only `int` can have a range, not `%s`",
                     sym_text(ck->names, ast->name.sym));
    diag_help(ck->diags, diag, "write `int in %lld..%lld`, or leave the range out", (long long)ast->low,
              (long long)ast->high);
  } else if (ast->low > ast->high) {
    Diag *diag = SAY(ck, E0212, ast->span, "no number is between %lld and %lld", (long long)ast->low,
                     (long long)ast->high);
    diag_help(ck->diags, diag, "the smaller one comes first: `int in %lld..%lld`", (long long)ast->high,
              (long long)ast->low);
  }
}

Type check_type(Checker *ck, const AstType *ast)
{
  Type type = type_error();
  if (ast->values.count) {
    type = listed_type(ck, ast);
  } else if (ast->name.sym) {
    type.base = base_named(ck, ast->name.sym);
    if (type.base == TYPE_ERROR) say_no_type(ck, ast->name);
    if (type.base == VALUE_MONEY) type = money_type(ck, ast);
    Sym pattern;
    if (type.base != TYPE_ERROR || ast->arg_text.sym) type_format(ck, ast, &pattern);
    if (ast->has_range) check_range(ck, ast, type);
  }
  type.optional = ast->optional;
  return type;
}
