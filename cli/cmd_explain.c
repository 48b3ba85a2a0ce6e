/*
 * cmd_explain.c - mot explain: what a code means.
 */
#include <ctype.h>
#include <jansson.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/help.h"
#include "cli/nearest.h"
#include "cli/say.h"
#include "mot/mot.h"

enum { WIDTH = 88 };

static const char *kind_of(const mot_explanation *e)
{
  return e->severity == MOT_ERROR ? "error" : "warning";
}

static void put_indented(const char *text, const char *before)
{
  for (const char *p = text; *p;) {
    size_t len = strcspn(p, "\n");
    printf("%s%.*s\n", len > 0 ? before : "", (int)len, p);
    p += len + (p[len] == '\n');
  }
}

static void put_text(const mot_explanation *e, bool color)
{
  printf("%s%s[%s]%s %s%s%s\n\n", style(color, e->severity == MOT_ERROR ? STYLE_ERROR : STYLE_WARNING), kind_of(e),
         e->code, style(color, STYLE_NONE), style(color, STYLE_BOLD), e->title, style(color, STYLE_NONE));
  print_wrapped(e->cause, 2, WIDTH);
  printf("\n  %swrong%s\n", style(color, STYLE_ERROR), style(color, STYLE_NONE));
  put_indented(e->wrong, "    ");
  printf("\n  %sright%s\n", style(color, STYLE_HELP), style(color, STYLE_NONE));
  put_indented(e->right, "    ");
}

static void put_markdown(const mot_explanation *e)
{
  printf("## %s: %s\n\n%s\n\nWrong:\n\n```mot\n", e->code, e->title, e->cause);
  put_indented(e->wrong, "");
  printf("```\n\nRight:\n\n```mot\n");
  put_indented(e->right, "");
  printf("```\n\n");
}

static bool put_json(const mot_explanation *e)
{
  json_t *o = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "code", e->code, "severity", kind_of(e), "title", e->title,
                        "cause", e->cause, "wrong", e->wrong, "right", e->right);
  bool ok = o && json_dumpf(o, stdout, JSON_COMPACT) == 0 && putchar('\n') != EOF;
  json_decref(o);
  return ok;
}

static void put_explanation(const Args *args, const mot_explanation *e)
{
  const char *format = args_value(args, "format", "text");
  if (strcmp(format, "markdown") == 0)
    put_markdown(e);
  else if (strcmp(format, "json") == 0)
    put_json(e);
  else
    put_text(e, wants_color(args_value(args, "color", "auto"), stdout));
}

static void list_all(const Args *args)
{
  mot_explanation e;
  bool lines = strcmp(args_value(args, "format", "text"), "text") == 0;
  for (size_t i = 0; mot_explanation_at(i, &e); i++) {
    if (lines)
      printf("%s  %s\n", e.code, e.title);
    else
      put_explanation(args, &e);
  }
}

static bool explain_one(const Args *args, const char *word)
{
  char code[16] = "";
  for (size_t i = 0; word[i] && i + 1 < sizeof code; i++) code[i] = (char)toupper((unsigned char)word[i]);
  mot_explanation e;
  if (mot_explain(code, &e)) {
    put_explanation(args, &e);
    return true;
  }
  const char *near = nearest_code(code);
  say("there is no code \"%s\"", word);
  if (near) say_more("did you mean %s?", near);
  say_more("`mot explain --list` lists them all");
  return false;
}

int run_explain(const Args *args)
{
  if (args_has(args, "list")) {
    list_all(args);
    return EXIT_FINE;
  }
  if (args->operand_count == 0) {
    say("explain: which code? `mot explain --list` lists them");
    return EXIT_TROUBLE;
  }
  bool ok = true;
  for (size_t i = 0; i < args->operand_count; i++) {
    if (i > 0) putchar('\n');
    ok = explain_one(args, args->operands[i]) && ok;
  }
  return ok ? EXIT_FINE : EXIT_TROUBLE;
}
