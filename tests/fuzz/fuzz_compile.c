/*
 * fuzz_compile.c - any text through the whole compiler.
 *
 * What is refused has findings, in UTF-8, at places that are in the text.  What is
 * taken gives a module that the verifier takes, that can be listed and costed; the
 * same text gives the same bytes, and its layout the same rules.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "bytecode/module.h"
#include "mot/mot.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void need(bool holds)
{
  if (!holds) abort();
}

/* ---- findings ---------------------------------------------------------------------- */

static void check_text(const char *text)
{
  size_t len = text ? strlen(text) : 0;
  for (size_t at = 0; at < len;) {
    utf8proc_int32_t letter;
    utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)text + at, (utf8proc_ssize_t)(len - at), &letter);
    need(n > 0);
    at += (size_t)n;
  }
}

static void check_place(const mot_place *place, size_t size)
{
  need(place->file != NULL);
  if (strcmp(place->file, "fuzz.mot") == 0) need((size_t)place->offset + place->length <= size);
  need(place->line >= 1 && place->column >= 1 && place->end_line >= place->line);
}

static void check_findings(mot_compilation *c, mot_status status, size_t size)
{
  mot_finding finding;
  mot_note note;
  need((mot_error_count(c) > 0) == (status == MOT_REJECTED));
  for (size_t i = 0; mot_finding_get(c, i, &finding); i++) {
    need(finding.message[0] != '\0');
    check_text(finding.message);
    check_text(finding.help);
    check_text(finding.fix);
    check_place(&finding.place, size);
    if (finding.fix) check_place(&finding.fix_place, size);
    for (size_t n = 0; mot_finding_note(c, i, n, &note); n++) check_place(&note.place, size);
  }
}

/* ---- two modules ------------------------------------------------------------------- */

/* Without white space, which the layout may change in what is quoted from the rules. */
static void same_words(const char *a, const char *b)
{
  for (;;) {
    a += strspn(a, " \t\r\n\v\f");
    b += strspn(b, " \t\r\n\v\f");
    need(*a == *b);
    if (!*a) return;
    a++, b++;
  }
}

static bool is_place(const char *field)
{
  return strcmp(field, "start") == 0 || strcmp(field, "end") == 0;
}

/* That of the whole text. */
static bool is_hash(const char *field)
{
  return strncmp(field, "hash_", 5) == 0;
}

#define SAME(f) need(x->f == y->f);
#define TABLE(N, text) \
  static void same_##N(const Module *a, const Module *b) \
  { \
    need(a->N##_count == b->N##_count); \
    for (uint32_t i = 0; i < a->N##_count; i++) { \
      const N##Row *x = &a->N[i], *y = &b->N[i];
#define STR(f) same_words(module_string(a, x->f, NULL), module_string(b, y->f, NULL));
#define REF(f, T) SAME(f)
#define OPT(f, T) SAME(f)
#define RANGE(f, T) SAME(f) SAME(f##_count)
#define FUN(f, K) SAME(f)
#define OPTFUN(f, K) SAME(f)
#define ENUM(f, E) SAME(f)
#define FLAG(f) SAME(f)
#define U32(f) need(is_place(#f) || x->f == y->f);
#define I64(f) need(is_hash(#f) || x->f == y->f);
#define F64(f) SAME(f)
#define PAD(f) SAME(f)
#define END(N) } }
#include "bytecode/tables.def"
#include "bytecode/tables_undef.h"

static void same_rules(const Module *a, const Module *b)
{
#define TABLE(N, text) if (SECTION_##N != SECTION_Source) same_##N(a, b);
#include "bytecode/tables_only.h"
  same_Source(a, a); /* texts of rules: their comments may have moved */
  need(a->code_count == b->code_count);
  need(a->code_count == 0 || memcmp(a->code, b->code, a->code_count * sizeof *a->code) == 0);
}

static void compare(const void *a, size_t a_size, const void *b, size_t b_size)
{
  Mem mem;
  Arena arena;
  jmp_buf oom;
  Module one, other;
  ModuleError error;
  mem_init(&mem, NULL, NULL);
  mem.oom = &oom;
  arena_init(&arena, &mem);
  if (setjmp(oom) == 0) {
    need(module_read(&one, a, a_size, &arena, &error));
    need(module_read(&other, b, b_size, &arena, &error));
    same_rules(&one, &other);
  }
  arena_free(&arena);
}

/* ---- what compiles ----------------------------------------------------------------- */

static void check_module(const void *module, size_t size)
{
  mot_listing *listing = NULL;
  mot_cost *cost = NULL;
  size_t listed;
  need(mot_disassemble(module, size, NULL, &listing, NULL) == MOT_OK);
  need(mot_cost_of(module, size, NULL, &cost, NULL) == MOT_OK);
  check_text(mot_listing_text(listing, &listed));
  mot_listing_free(listing);
  mot_cost_free(cost);
}

static void check_again(const char *text, size_t size, const void *module, size_t module_size)
{
  mot_compilation *again = NULL;
  size_t again_size;
  need(mot_compile_text("fuzz.mot", text, size, NULL, &again, NULL) == MOT_OK);
  const void *bytes = mot_module(again, &again_size);
  need(again_size == module_size && memcmp(bytes, module, module_size) == 0);
  mot_compilation_free(again);
}

static void check_format(const char *text, size_t size, const void *module, size_t module_size)
{
  mot_compilation *formatted = NULL, *again = NULL;
  const char *out;
  size_t out_size, again_size;
  need(mot_format_text("fuzz.mot", text, size, NULL, &formatted, &out, &out_size, NULL) == MOT_OK);
  need(mot_compile_text("fuzz.mot", out, out_size, NULL, &again, NULL) == MOT_OK);
  const void *bytes = mot_module(again, &again_size);
  compare(module, module_size, bytes, again_size);
  mot_compilation_free(again);
  mot_compilation_free(formatted);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  mot_compilation *c = NULL;
  const char *text = (const char *)data;
  mot_status status = mot_compile_text("fuzz.mot", text, size, NULL, &c, NULL);
  need(status == MOT_OK || status == MOT_REJECTED);
  check_findings(c, status, size);
  if (status == MOT_OK) {
    size_t module_size;
    const void *module = mot_module(c, &module_size);
    check_module(module, module_size);
    check_again(text, size, module, module_size);
    check_format(text, size, module, module_size);
  }
  mot_compilation_free(c);
  return 0;
}
