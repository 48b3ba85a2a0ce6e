/*
 * html_people.c - corrections and alerts; teams and individuals.
 */
#include "report/html_name.h"
#include "report/html_part.h"

/* ---- corrections and alerts ---- */

static void correction_table(Html *html, const ReviewExperience *at)
{
  static const char *const heads[] = {"Of", "#Opened", "#Done in time", "#Done late", "#Withdrawn", "#Open",
                                      "#Overdue", "#In time", NULL};
  HtmlTable table = html_table(html, "Corrections: of the period; open and overdue ones at its end", heads);
  for (uint32_t i = 0; i < at->correction_count; i++) {
    const ReviewCorrections *row = &at->corrections[i];
    const uint64_t counts[] = {row->opened, row->in_time, row->late, row->withdrawn, row->open, row->overdue};
    html_row(html, &table, html_mot(html, row->mot));
    for (unsigned j = 0; j < sizeof counts / sizeof *counts; j++)
      html_cell(html, &table, "%s", HTML_SAY(html, count, counts[j]));
    html_cell(html, &table, "%s <small>%s</small>", HTML_SAY(html, estimate, row->in_time_share),
              HTML_SAY(html, interval, row->in_time_share));
  }
  html_table_end(html, &table);
}

static void what_they_bring(Html *html, const ReviewExperience *at)
{
  for (uint32_t i = 0; i < at->correction_count; i++) {
    const char *corrected = HTML_SAY(html, corrected, &at->corrections[i]);
    const char *timely = HTML_SAY(html, timely, &at->corrections[i]);
    if (*corrected || *timely)
      html_put(html, "<p><b>%s</b>: %s %s</p>\n", html_mot(html, at->corrections[i].mot), corrected, timely);
  }
}

static void overdue_table(Html *html, const ReviewExperience *at)
{
  static const char *const heads[] = {"Overdue", "By", "Of", "Due", "Opened", NULL};
  if (at->overdue_count == 0) return;
  const char *caption = at->overdue_count == at->overdue_total ? "Open and overdue, longest first"
    : arena_printf(&html->arena, "The %u longest overdue of %s", at->overdue_count,
                   HTML_SAY(html, count, at->overdue_total));
  HtmlTable table = html_table(html, caption, heads);
  for (uint32_t i = 0; i < at->overdue_count; i++) {
    const ReviewOpenCorrection *row = &at->overdue[i];
    html_row(html, &table, html_data(html, row->text));
    html_cell(html, &table, "%s", html_contact(html, row->by));
    html_cell(html, &table, "%s", html_mot(html, row->mot));
    html_cell(html, &table, "%s", HTML_SAY(html, instant, row->due));
    html_cell(html, &table, "%s", HTML_SAY(html, instant, row->opened));
  }
  html_table_end(html, &table);
}

static void alert_table(Html *html, const ReviewExperience *at)
{
  static const char *const heads[] = {"Of",       "To", "#Raised", "#Escalated", "#Repeated", "#Acknowledged",
                                      "#Cleared", NULL};
  if (at->alert_count == 0) return;
  HtmlTable table = html_table(html, arena_printf(&html->arena, "Alerts of the period; %s active at its end",
                                                  HTML_SAY(html, count, at->alerts_active)), heads);
  for (uint32_t i = 0; i < at->alert_count; i++) {
    const ReviewAlerts *row = &at->alerts[i];
    const uint64_t counts[] = {row->raised, row->escalated, row->repeated, row->acknowledged, row->cleared};
    html_row(html, &table, html_mot(html, row->mot));
    html_cell(html, &table, "%s", html_owner(html, row->owner));
    for (unsigned j = 0; j < sizeof counts / sizeof *counts; j++)
      html_cell(html, &table, "%s", HTML_SAY(html, count, counts[j]));
  }
  html_table_end(html, &table);
}

void part_corrections(Html *html, const ReviewExperience *experience)
{
  if (experience->correction_count + experience->alert_count == 0) return;
  html_section(html, "corrections", experience->experience, "Corrections and alerts");
  overdue_table(html, experience);
  if (experience->correction_count > 0) correction_table(html, experience);
  what_they_bring(html, experience);
  alert_table(html, experience);
  html_section_end(html);
}

/* ---- teams and individuals ---- */

static void team_table(Html *html, const ReviewExperience *at)
{
  static const char *const heads[] = {"Team or person", "#Produced", "#Took (half in)", "Change", NULL};
  static const char *const alone[] = {"Team or person", "#Produced", "#Took (half in)", NULL};
  HtmlTable table = html_table(html, "All moments of the MOTs whose producer it is; lowest rate first",
                               html_compares(at) ? heads : alone);
  for (uint32_t i = 0; i < at->team_count; i++) {
    const ReviewTeam *team = &at->teams[i];
    html_row(html, &table, html_contact(html, team->owner));
    html_cell(html, &table, "%s", html_rate(html, &team->rate));
    html_cell(html, &table, "%s",
              team->took.cases ? html_firm(html, HTML_SAY(html, length, team->took.p50)) : WORDS_NOTHING);
    if (html_compares(at)) html_cell(html, &table, "%s", html_change(html, &team->change));
  }
  html_table_end(html, &table);
}

/* Those of one MOT, `count` from `first` on. */
static void individual_table(Html *html, const ReviewIndividual *first, uint32_t count, uint32_t most)
{
  static const char *const heads[] = {"Individual", "#Produced", "#Took on average", NULL};
  uint32_t shown = count < most ? count : most;
  const char *which = shown == count ? "lowest rate first"
    : arena_printf(&html->arena, "the %u with the lowest rates of %s", shown, HTML_SAY(html, count, count));
  HtmlTable table =
      html_table(html, arena_printf(&html->arena, "%s: %s", html_mot(html, first->mot), which), heads);
  for (uint32_t i = 0; i < shown; i++) {
    html_row(html, &table, first[i].other ? "all others together" : html_data(html, first[i].who));
    html_cell(html, &table, "%s", html_rate(html, &first[i].rate));
    html_cell(html, &table, "%s", html_firm(html, HTML_SAY(html, length, first[i].took)));
  }
  html_table_end(html, &table);
}

/* Where the individuals of the next MOT begin. */
static uint32_t next_mot(const ReviewExperience *at, uint32_t from)
{
  uint32_t end = from + 1;
  while (end < at->individual_count && at->individuals[end].mot == at->individuals[from].mot) end++;
  return end;
}

/* How many of each MOT are shown. */
static uint32_t shown_of_each(const ReviewExperience *at)
{
  uint32_t mots = 0;
  for (uint32_t i = 0; i < at->individual_count; i = next_mot(at, i)) mots++;
  uint32_t share = mots > 0 ? HTML_INDIVIDUALS_ALL / mots : 0;
  return share > HTML_INDIVIDUALS         ? HTML_INDIVIDUALS
         : share < HTML_INDIVIDUALS_LEAST ? HTML_INDIVIDUALS_LEAST
                                          : share;
}

void part_people(Html *html, const ReviewExperience *experience)
{
  if (experience->team_count + experience->individual_count == 0) return;
  html_section(html, "people", experience->experience, "Teams and individuals");
  if (experience->team_count > 0) team_table(html, experience);
  if (experience->individual_count > 0)
    html_raw(html, "<p class=\"soft\">A low rate of a few moments is no verdict on a person: look at the "
                   "interval.</p>\n");
  uint32_t most = shown_of_each(experience);
  for (uint32_t i = 0, end; i < experience->individual_count; i = end) {
    end = next_mot(experience, i);
    individual_table(html, &experience->individuals[i], end - i, most);
  }
  html_section_end(html);
}
