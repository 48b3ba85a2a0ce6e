/*
 * html_story.c - a good and a bad journey, told as a line of time.
 */
#include <string.h>

#include "report/html_name.h"
#include "report/html_part.h"

static const char *outcome_class(mot_outcome outcome)
{
  return outcome == MOT_PRODUCED ? "produced" : outcome == MOT_MISSED ? "missed" : "other";
}

static void put_moment(Html *html, const ReviewStoryMoment *at)
{
  html_put(html, "<li class=\"%s\"><time>%s</time><b>%s</b> %s", outcome_class(at->outcome),
           HTML_SAY(html, instant, at->decided), html_mot(html, at->mot), html_outcome(html, at->outcome));
  if (at->opened != MOT_NO_TIME && at->decided > at->opened)
    html_put(html, " <small>after %s</small>", HTML_SAY(html, length, at->decided - at->opened));
  if (*at->group) html_put(html, " <small>by %s</small>", html_data(html, at->group));
  if (*at->because) html_put(html, "<br /><small>%s</small>", html_data(html, at->because));
  html_raw(html, "</li>\n");
}

static void put_edge(Html *html, int64_t time, const char *what)
{
  html_put(html, "<li><time>%s</time>%s</li>\n", HTML_SAY(html, instant, time), what);
}

static void put_story(Html *html, const ReviewExperience *experience, const ReviewStory *story,
                      const char *title)
{
  if (!story->told) return;
  const char *keys = words_keys(&html->words, experience, story);
  html_put(html, "<div><h4>%s</h4>\n<p><bdi>%s</bdi>: %s produced, %s missed.</p>\n<ol class=\"story\">\n",
           title, html_cut(html, keys, strlen(keys), 200), HTML_SAY(html, count, story->produced),
           HTML_SAY(html, count, story->missed));
  put_edge(html, story->started, "The journey starts.");
  for (uint32_t i = 0; i < story->moment_count; i++) put_moment(html, &story->moments[i]);
  if (story->left_out > 0)
    html_put(html, "<li>%s more.</li>\n", HTML_SAY(html, many, story->left_out, "decision", "decisions"));
  if (story->over != MOT_NO_TIME) put_edge(html, story->over, "The journey is over.");
  html_raw(html, "</ol></div>\n");
}

void part_stories(Html *html, const ReviewExperience *experience)
{
  if (!experience->good.told && !experience->bad.told) return;
  html_section(html, "stories", experience->experience, "Two customers");
  html_raw(html, "<div class=\"stories\">\n");
  put_story(html, experience, &experience->bad, "One whom we failed");
  put_story(html, experience, &experience->good, "One for whom it went well");
  html_raw(html, "</div>\n");
  html_section_end(html);
}
