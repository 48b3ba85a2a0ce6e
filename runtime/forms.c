/* forms.c - see forms.h. */
#include "runtime/forms.h"

/* ---- parts of a line ---- */

/* Parts as they are made: `most` have room. */
typedef struct Making {
  const FormLine *line;
  FormPart *parts;
  uint32_t count, most;
  size_t from;            /* bytes before it have their parts */
  uint32_t values;        /* of the line so far */
  uint32_t tokens[FORM_VALUES]; /* of those, and the parts before them */
  FormPart *before[FORM_VALUES];
} Making;

static const char *text_of(const Making *making)
{
  return making->line->json->text;
}

/* The bytes up to `end`, and what stands behind them; false: there is no room. */
static bool add_bytes(Making *making, size_t end, PartThen then)
{
  do {
    size_t len = end - making->from;
    bool more = len > sizeof(FormBytes);
    if (more) len = sizeof(FormBytes);
    if (making->count == making->most) return false;
    FormPart *part = &making->parts[making->count++];
    *part = (FormPart){.len = (uint32_t)len, .then = more ? PART_BYTES : then};
    if (memchr(text_of(making) + making->from, '\\', len)) return false; /* other names may be written so */
    if (memchr(text_of(making) + making->from, '\\', len)) return false; /* a name, which needs decoding */
    memcpy(&part->bytes, text_of(making) + making->from, len);
    memset(&part->mask, 0xff, len);
    making->from += len;
  } while (making->from < end);
  return true;
}

/* A token that is a value of its own; false: there is no room, or a blank before what follows. */
static bool add_value(Making *making, uint32_t token)
{
  const char *text = text_of(making);
  size_t begin = making->line->json->tokens[token], next = making->line->json->tokens[token + 1];
  bool is_text = text[begin] == '"';
  if (making->values == FORM_VALUES) return false;
  if (is_text ? text[next - 1] != '"' : json_scalar_end(text + begin) != text + next) return false;
  if (!add_bytes(making, begin + is_text, is_text ? PART_TEXT : PART_OTHER)) return false;
  making->before[making->values] = &making->parts[making->count - 1];
  making->tokens[making->values++] = token;
  making->from = next - is_text;
  return true;
}

/* Whether a token is a value that may differ from line to line, not a name and nothing that joins others. */
static bool is_value(const FormLine *line, uint32_t token)
{
  const JsonText *json = line->json;
  char c = json_char(json, token);
  if (strchr("{}[]:,", c)) return false;
  return c != '"' || json_char(json, token + 1) != ':';
}

/* Values of tokens from `first` on up to `behind`. */
static bool add_values(Making *making, uint32_t first, uint32_t behind)
{
  for (uint32_t token = first; token < behind; token++)
    if (is_value(making->line, token) && !add_value(making, token)) return false;
  return true;
}

/* All parts are made. */
static void end_parts(const Making *making)
{
  uint16_t texts = 0;
  for (uint32_t i = making->count; i > 0; i--) {
    FormPart *part = &making->parts[i - 1];
    texts = part->then == PART_TEXT ? (uint16_t)(texts + 1) : 0;
    part->texts = texts;
  }
}

/* ---- the head: all before the text of the type ---- */

static bool make_head(Making *making)
{
  const FormLine *line = making->line;
  making->from = line->json->tokens[line->first];
  if (!add_values(making, line->first, line->type)) return false;
  return add_bytes(making, line->json->tokens[line->type] + 1, PART_END);
}

/* Arenas align to 8 bytes only. */
static void *new_aligned(Arena *arena, size_t size)
{
  size_t align = _Alignof(FormPart);
  uintptr_t p = (uintptr_t)arena_alloc(arena, size + align);
  return (void *)((p + align - 1) & ~(uintptr_t)(align - 1));
}

static bool same_parts(const FormPart *a, const FormPart *b)
{
  for (;; a++, b++) {
    if (a->len != b->len || a->then != b->then || memcmp(&a->bytes, &b->bytes, a->len) != 0) return false;
    if (a->then == PART_END) return true;
  }
}

/* Whether it is the head of all forms now; another one has to be met often to take its place. */
static bool take_head(Forms *forms, const FormHead *head)
{
  if (forms->head && same_parts(forms->head->parts, head->parts)) {
    forms->head_trust = FORM_TRUST;
    return true;
  }
  if (forms->head && forms->head_trust > 0) {
    forms->head_trust--;
    return false;
  }
  if (!forms->head) forms->head = new_aligned(forms->arena, sizeof *head);
  *forms->head = *head;
  forms->head_number++;
  forms->head_trust = FORM_TRUST;
  return true;
}

/* ---- all behind it ---- */

static bool make_rest(Making *making)
{
  const FormLine *line = making->line;
  making->from = line->json->tokens[line->type] + 1;
  return add_values(making, line->type + 1, line->last) && add_bytes(making, line->end, PART_END);
}

/* Which of the line's values is to be read when. */
static bool make_reads(const Making *making, const FormTokens *reads, Form *form)
{
  if (reads->count == FORM_UNTOLD) return false;
  for (uint32_t i = 0; i < reads->count; i++) {
    uint32_t token = reads->tokens[i];
    uint32_t value = 0;
    form->reads[i] = (FormRead){NULL, false};
    if (token == 0) continue;
    while (value < making->values && making->tokens[value] != token) value++;
    if (value == making->values) return false;
    form->reads[i] = (FormRead){making->before[value], json_char(making->line->json, token) == '"'};
  }
  return true;
}

/* Where a form for lines like this one may be kept; NULL: others have earned their place. */
static Form *free_place(Forms *forms, Form **first)
{
  Form *last = NULL;
  unsigned ways = 0;
  for (Form *form = *first; form; form = form->other, ways++) {
    if (form->head != 0 && form->head != forms->head_number) return form;
    last = form;
  }
  if (ways < FORM_WAYS && forms->count < FORM_MOST) {
    Form *form = new_aligned(forms->arena, sizeof *form);
    form->other = *first;
    *first = form;
    forms->count++;
    return form;
  }
  if (!last || last->trust == 0) return last;
  last->trust--;
  return NULL;
}

static Form **place_of(const Forms *forms, const FormLine *line)
{
  const JsonText *json = line->json;
  uint32_t begin = json->tokens[line->type] + 1;
  const char *end = json_text_end(json, line->type), *text = json->text + begin;
  return (Form **)&forms->places[form_place(text, (uint32_t)(end - text))];
}

bool form_new_type(const Forms *forms, const FormLine *line)
{
  return *place_of(forms, line) == NULL;
}

void form_learn(Forms *forms, const FormLine *line, const FormTokens *reads)
{
  FormHead head = {0};
  Making making = {.line = line, .parts = head.parts, .most = FORM_HEAD};
  if (!make_head(&making)) return;
  end_parts(&making);
  if (!take_head(forms, &head)) return;
  for (uint32_t i = 0; i < making.values; i++)
    making.before[i] = &forms->head->parts[making.before[i] - head.parts];
  Form *form = free_place(forms, place_of(forms, line));
  if (!form) return;
  making.parts = form->parts;
  making.count = 0;
  making.most = FORM_PARTS;
  form->kind = line->kind;
  form->type = TYPE_NEW;
  bool made = make_rest(&making) && make_reads(&making, reads, form);
  end_parts(&making);
  form->head = made ? forms->head_number : 0;
  form->trust = made ? FORM_TRUST : FORM_TRUST * FORM_TRUST;
}
