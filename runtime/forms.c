/* forms.c - see forms.h. */
#include "runtime/forms.h"

/* ---- parts of a form; false: it has no room for more ---- */

static bool add_check(Form *form, const char *bytes, size_t len, uint32_t token, uint32_t offset)
{
  if (form->check_count == FORM_CHECKS) return false;
  FormCheck *check = &form->checks[form->check_count++];
  *check = (FormCheck){.token = token, .offset = offset};
  memcpy(&check->bytes, bytes, len);
  memset(&check->mask, 0xff, len);
  return true;
}

/* Bytes from `offset` behind a token on. */
static bool add_bytes(Form *form, const FormLine *line, uint32_t token, uint32_t offset, size_t end)
{
  const JsonText *json = line->json;
  size_t at = (uint32_t)(json->tokens[line->first + token] + offset);
  if (end - at > FORM_BETWEEN) return false;
  for (size_t len; at < end; at += len, offset += (uint32_t)len) {
    len = end - at < sizeof(FormBytes) ? end - at : sizeof(FormBytes);
    if (!add_check(form, json->text + at, len, token, offset)) return false;
  }
  return true;
}

/* A name of the line's object: its value is noted when it is used. */
static bool add_name(Form *form, const FormLine *line, uint32_t token, const TextTable *names)
{
  const char *text = line->json->text;
  const uint32_t *t = line->json->tokens + line->first + token;
  const char *end = json_text_end(line->json, line->first + token);
  uint32_t slot = texttable_find(names, text + t[0] + 1, (size_t)(end - text) - t[0] - 1);
  if (slot == UINT32_MAX) return true;
  for (uint32_t i = 0; i < form->use_count; i++) {
    if (form->uses[i].slot == slot) return false;
  }
  if (form->use_count == FORM_VALUES) return false;
  form->uses[form->use_count++] = (FormUse){slot, token + 2};
  return true;
}

/* A value that is no text, before which bytes begin at a token. */
static bool add_other(Form *form, const FormLine *line, uint32_t token, uint32_t from)
{
  const char *text = line->json->text;
  const uint32_t *t = line->json->tokens + line->first + token;
  if (form->other_count == FORM_VALUES || json_scalar_end(text + t[0]) != text + t[1]) return false;
  form->others[form->other_count++] = (FormOther){token, from, t[0] - line->json->tokens[line->first + from]};
  return true;
}

/* ---- a whole line ---- */

/* Its names, values and the bytes between them. */
static bool add_line(Form *form, const FormLine *line, const TextTable *names)
{
  const char *text = line->json->text;
  const uint32_t *t = line->json->tokens + line->first;
  uint32_t from = 0, offset = 0, depth = 0;
  for (uint32_t i = 0; i < form->tokens; i++) {
    char c = text[t[i]];
    bool is_text = c == '"';
    if (c == '{' || c == '[') depth++;
    else if (c == '}' || c == ']') depth--;
    if (strchr("{}[]:,", c)) continue;
    if (is_text && text[t[i + 1]] == ':') {
      if (depth == 1 && !add_name(form, line, i, names)) return false;
      continue;
    }
    if (is_text ? text[t[i + 1] - 1] != '"' : !add_other(form, line, i, from)) return false;
    if (!add_bytes(form, line, from, offset, t[i] + is_text)) return false;
    from = i + 1;
    offset = is_text ? UINT32_MAX : 0;
  }
  return add_bytes(form, line, from, offset, line->end);
}

/* All of it, the type's text too. */
static bool add_all(Form *form, const FormLine *line, const TextTable *names)
{
  uint32_t type_end = line->json->tokens[line->first + line->type + 1];
  return add_line(form, line, names) && add_bytes(form, line, line->type, 0, type_end);
}

/* Arenas align to 8 bytes only. */
static Form *new_form(Arena *arena)
{
  size_t align = _Alignof(Form);
  uintptr_t p = (uintptr_t)arena_alloc(arena, sizeof(Form) + align);
  return (Form *)((p + align - 1) & ~(uintptr_t)(align - 1));
}

Form *form_learn(Forms *forms, const FormLine *line, const TextTable *names)
{
  const uint32_t *t = line->json->tokens + line->first;
  Form **place = &forms->places[form_place(line->json->text, t + line->type)];
  Form made = {.tokens = line->last - line->first + 1, .kind = line->kind, .trust = FORM_TRUST};
  forms->type_token = line->type;
  if (*place && (*place)->trust > 0) {
    (*place)->trust--;
    return NULL;
  }
  made.end = (uint32_t)line->end - line->json->tokens[line->last];
  if (!add_all(&made, line, names)) made = (Form){.trust = FORM_TRUST * FORM_TRUST};
  if (!*place) *place = new_form(forms->arena);
  **place = made;
  return made.tokens ? *place : NULL;
}
