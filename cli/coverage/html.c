/*
 * html.c - what is covered, as a page: a table, then the rules.
 */
#include <stdlib.h>
#include <string.h>

#include "cli/coverage/page.h"
#include "cli/coverage/texts.h"
#include "cli/coverage/write.h"
#include "cli/markup.h"

static const char *class_of(Share share)
{
  return share.reached == share.demanded ? "good" : share.reached > 0 ? "some" : "bad";
}

static void put_bar(Share share, FILE *out)
{
  fprintf(out, "<td class=\"bar\"><span><b style=\"width:%.1f%%\"></b></span></td>", share_percent(share));
}

static void put_demand(const Subject *subject, const Demand *demand, FILE *out)
{
  char *words = NULL;
  size_t size;
  FILE *text = open_memstream(&words, &size);
  if (!text) return;
  demand_put(subject, demand, text);
  fputs("<li>", out);
  if (fclose(text) == 0) markup_xml(words, out);
  fputs("</li>", out);
  free(words);
}

/* What was not reached of what counts, or does not. */
static size_t count_missing(const Subject *subject, bool counts)
{
  size_t count = 0;
  for (size_t i = 0; i < subject->count; i++)
    count += demand_counts(&subject->demands[i]) == counts && subject->demands[i].hits == 0;
  return count;
}

static void put_list(const Subject *subject, bool counts, FILE *out)
{
  fputs("<ul>", out);
  for (size_t i = 0; i < subject->count; i++)
    if (demand_counts(&subject->demands[i]) == counts && subject->demands[i].hits == 0)
      put_demand(subject, &subject->demands[i], out);
  fputs("</ul>", out);
}

static void put_missing(const Subject *subject, FILE *out)
{
  size_t shown = count_missing(subject, false);
  fputs("<td>", out);
  if (subject->times == 0) {
    fputs(subject->mot == MOT_NOT_FOUND ? "no journey started" : "no moment opened", out);
  } else {
    if (count_missing(subject, true) > 0) put_list(subject, true, out);
    if (shown > 0) {
      fprintf(out, "<details class=\"soft\"><summary>not counted: %zu</summary>", shown);
      put_list(subject, false, out);
      fputs("</details>", out);
    }
  }
  fputs("</td>", out);
}

static void put_row(const Subject *subject, FILE *out)
{
  char percent[40];
  Share share = share_of(subject);
  fprintf(out, "<tr class=\"%s\"><th scope=\"row\"><a href=\"#f%zul%u\">", subject->mot == MOT_NOT_FOUND ? "head" : "part",
          subject->text, subject->place.line);
  markup_xml(subject->name, out);
  fputs("</a><small>", out);
  markup_xml(subject->title, out);
  fprintf(out, "</small></th><td class=\"n %s\">%s<small>%llu of %llu</small></td>", class_of(share),
          share_shown(share, percent), (unsigned long long)share.reached, (unsigned long long)share.demanded);
  put_bar(share, out);
  put_missing(subject, out);
  fputs("</tr>\n", out);
}

static void put_table(const Coverage *coverage, FILE *out)
{
  fputs("<table>\n<caption>An experience's own row is about its journey and its Successful Customer Outcome.</caption>\n"
        "<thead><tr><th scope=\"col\">experience, MOT</th><th scope=\"col\" class=\"n\">reached</th>"
        "<th scope=\"col\" class=\"bar\">share</th><th scope=\"col\">never tried</th></tr></thead>\n<tbody>\n", out);
  for (size_t i = 0; i < coverage->subject_count; i++) put_row(&coverage->subjects[i], out);
  fputs("</tbody>\n</table>\n", out);
}

static bool is_shown(const Coverage *coverage, size_t text)
{
  for (size_t i = 0; i < coverage->subject_count; i++)
    if (coverage->subjects[i].text == text) return true;
  return coverage->texts[text].path != NULL;
}

static bool put_texts(const Coverage *coverage, FILE *out)
{
  for (size_t i = 0; i < coverage->text_count; i++) {
    if (!is_shown(coverage, i)) continue;
    fputs("<h2>", out);
    markup_xml(text_shown(&coverage->texts[i]), out);
    fputs("</h2>\n", out);
    if (!page_text(coverage, i, out)) return false;
  }
  return true;
}

bool coverage_html(const Coverage *coverage, FILE *out)
{
  char percent[40];
  Share share = share_of_all(coverage);
  fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
        "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"/>\n<title>Coverage of rules</title>\n", out);
  page_style(out);
  fprintf(out, "</head>\n<body>\n<h1>What the tests of the rules have tried</h1>\n<p><span class=\"big %s\">%s</span> ",
          class_of(share), share_shown(share, percent));
  fprintf(out, "%llu of %llu demands reached, by %zu test%s</p>\n", (unsigned long long)share.reached,
          (unsigned long long)share.demanded, coverage->tests, coverage->tests == 1 ? "" : "s");
  put_table(coverage, out);
  fputs("<p class=\"soft\"><u class=\"h\">reached</u>, <u class=\"s\">reached in part</u>, <u class=\"m\">never tried</u>; "
        "✓ all, ◐ some, ✗ nothing of what is demanded at a line; below it what is missing.</p>\n", out);
  bool fine = put_texts(coverage, out);
  fprintf(out, "<footer class=\"soft\">mot %s</footer>\n</body>\n</html>\n", mot_version());
  return fine;
}
