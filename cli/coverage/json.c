/*
 * json.c - what is covered, as JSON.
 */
#include <stdlib.h>

#include "cli/coverage/texts.h"
#include "cli/coverage/write.h"
#include "cli/markup.h"

/* In words what is missing; NULL: no memory. */
static char *missing_words(const Subject *subject, const Demand *demand)
{
  char *text = NULL;
  size_t size;
  FILE *out = open_memstream(&text, &size);
  if (!out) return NULL;
  demand_put(subject, demand, out);
  return fclose(out) == 0 ? text : (free(text), NULL);
}

static json_t *demand_json(const Subject *subject, const Demand *demand)
{
  char *words = demand->hits == 0 ? missing_words(subject, demand) : NULL;
  json_t *one = json_pack("{s:s, s:b, s:I, s:b, s:i, s:i, s:s}", "kind", demand_word(demand->kind), "reached",
                          demand->hits > 0, "times", (json_int_t)demand->hits, "counted", demand_counts(demand),
                          "line", (int)demand->place.line, "column", (int)demand->place.column, "clause",
                          demand->about);
  if (words) json_object_set_new(one, "missing", markup_json(words));
  if (words && demand->nearest >= 0)
    json_object_set_new(one, "nearest_s", json_real((demand->late ? 1 : -1) * (double)demand->nearest / 1e6));
  free(words);
  return one;
}

static json_t *subject_json(const Coverage *coverage, const Subject *subject)
{
  Share share = share_of(subject);
  json_t *demands = json_array();
  for (size_t i = 0; i < subject->count; i++) json_array_append_new(demands, demand_json(subject, &subject->demands[i]));
  return json_pack("{s:s, s:s, s:o, s:i, s:I, s:I, s:f, s:I, s:o}", "name", subject->name, "title", subject->title,
                   "file", markup_json(text_shown(&coverage->texts[subject->text])), "line", (int)subject->place.line,
                   "reached", (json_int_t)share.reached, "demanded", (json_int_t)share.demanded, "percent",
                   share_percent(share), "opened", (json_int_t)subject->times, "demands", demands);
}

static json_t *experiences_json(const Coverage *coverage)
{
  json_t *all = json_array(), *mots = NULL;
  for (size_t i = 0; i < coverage->subject_count; i++) {
    const Subject *subject = &coverage->subjects[i];
    json_t *one = subject_json(coverage, subject);
    if (subject->mot == MOT_NOT_FOUND) {
      mots = json_array();
      json_object_set_new(one, "mots", mots);
      json_array_append_new(all, one);
    } else {
      json_array_append_new(mots, one);
    }
  }
  return all;
}

json_t *coverage_object(const Coverage *coverage)
{
  Share share = share_of_all(coverage);
  return json_pack("{s:I, s:I, s:f, s:I, s:o}", "reached", (json_int_t)share.reached, "demanded",
                   (json_int_t)share.demanded, "percent", coverage->tests == 0 ? 0.0 : share_percent(share), "tests",
                   (json_int_t)coverage->tests, "experiences", experiences_json(coverage));
}

bool coverage_json(const Coverage *coverage, FILE *out)
{
  json_t *root = coverage_object(coverage);
  bool fine = root && json_dumpf(root, out, JSON_INDENT(2)) == 0 && fputc('\n', out) != EOF;
  json_decref(root);
  return fine;
}
