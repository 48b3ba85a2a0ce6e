/* act_id.c - see act_id.h. */
#include "runtime/act_id.h"

#include "base/buf.h"
#include "runtime/json_put.h"

/* ---- rules ---- */

static const char *const when_words[WHEN_END] = {
  [WHEN_AT_RISK] = "at-risk", [WHEN_MISSED] = "missed",     [WHEN_PRODUCED] = "produced",
  [WHEN_VOID] = "void",       [WHEN_BREACHED] = "breached", [WHEN_MET] = "met",
};

static void add_string(Buf *buf, const Module *module, uint32_t string)
{
  uint32_t len;
  const char *text = module_string(module, string, &len);
  buf_put(buf, text, len);
}

/* `number`: how many of its owner have the same `when`, itself included. */
static ActRule rule_of(Arena *arena, const char *owner, size_t len, uint32_t when, uint32_t number)
{
  Buf buf;
  char digits[JSON_NUMBER_MAX];
  buf_init(&buf, arena);
  buf_put(&buf, owner, len);
  buf_char(&buf, ':');
  buf_text(&buf, when_words[when]);
  if (number > 1) {
    buf_char(&buf, '-');
    buf_put(&buf, digits, (size_t)(put_int(digits, number) - digits));
  }
  return (ActRule){buf.data, (uint32_t)buf.len};
}

/* The actions of one owner, which `name` and, after a dot, `of` name; `of` 0: no more than `name`. */
static void name_actions(const Module *module, Arena *arena, ActRule *rules, uint32_t first, uint32_t count,
                         uint32_t name, uint32_t of)
{
  uint32_t numbers[WHEN_END] = {0};
  Buf owner;
  if (count == 0) return;
  buf_init(&owner, arena);
  add_string(&owner, module, name);
  if (of) buf_char(&owner, '.');
  if (of) add_string(&owner, module, of);
  for (uint32_t i = first; i < first + count; i++) {
    uint32_t when = module->Action[i].when;
    rules[i] = rule_of(arena, owner.data, owner.len, when, ++numbers[when]);
  }
}

const ActRule *act_rules_new(const Module *module, Arena *arena)
{
  ActRule *rules = ARENA_ARRAY(arena, ActRule, module->Action_count);
  for (uint32_t i = 0; i < module->Experience_count; i++) {
    const ExperienceRow *row = &module->Experience[i];
    name_actions(module, arena, rules, row->actions, row->actions_count, row->name, 0);
  }
  for (uint32_t i = 0; i < module->Mot_count; i++) {
    const MotRow *row = &module->Mot[i];
    uint32_t experience = module->Experience[row->experience].name;
    name_actions(module, arena, rules, row->actions, row->actions_count, experience, row->name);
  }
  for (uint32_t i = 0; i < module->Goal_count; i++) {
    const GoalRow *row = &module->Goal[i];
    uint32_t nsat = module->Nsat[row->nsat].name;
    name_actions(module, arena, rules, row->actions, row->actions_count, nsat, row->name);
  }
  return rules;
}

/* ---- pieces ---- */

char *act_id_rule(char *to, const ActRule *rule)
{
  return put_bytes(to, rule->text, rule->len);
}

char *act_id_key(char *to, const char *text, size_t len)
{
  static const char hex[] = "0123456789ABCDEF";
  *to++ = '/';
  for (size_t i = 0; i < len; i++) {
    unsigned char c = (unsigned char)text[i];
    bool plain = c > ' ' && c != 0x7f && c != '%' && c != '/';
    if (plain) {
      *to++ = (char)c;
      continue;
    }
    *to++ = '%';
    *to++ = hex[c >> 4];
    *to++ = hex[c & 15];
  }
  return to;
}

char *act_id_number(char *to, uint32_t number)
{
  *to++ = '/';
  return put_int(to, number);
}

char *act_id_opening(char *to, int64_t instant)
{
  *to++ = '/';
  return to + instant_text(instant, to);
}

char *act_id_overdue(char *to)
{
  return PUT_LITERAL(to, ":overdue");
}
