/*
 * html_goals.c - the NSAT: goals as a tree, each with its state in words, its score, and its individuals.
 */
#include "report/html_name.h"
#include "report/html_part.h"

static const char *state_class(mot_state state)
{
  return state == MOT_STATE_MET ? " met" : state == MOT_STATE_BREACHED ? " breached" : "";
}

static void put_score(Html *html, const char *about, double score)
{
  if (score < 0) return;
  html_put(html,
           "<p>%s %.0f of 100<span class=\"score\" aria-hidden=\"true\"><span "
           "style=\"width:%.0f%%\"></span></span></p>\n",
           about, score, score > 100 ? 100 : score);
}

static void put_targets(Html *html, const mot_goal_info *goal)
{
  for (uint32_t i = 0; i < goal->targets; i++) {
    const mot_target_standing *at = &html->review->targets[goal->first_target + i].standing;
    html_put(html, "<p>Target %s", html_safe(html, html->rules->targets[goal->first_target + i].text));
    if (at->value.type != MOT_TYPE_NONE) html_put(html, ": stands at %s", HTML_SAY(html, value, &at->value));
    if (at->cases > 0)
      html_put(html, " <small>(%s)</small>", HTML_SAY(html, many, at->cases, "case", "cases"));
    html_raw(html, "</p>\n");
  }
}

static void put_individuals(Html *html, const ReviewGoal *goal, const mot_goal_info *info)
{
  const char *const heads[] = {html_safe(html, info->each), "#Score", "#Cases", "State", NULL};
  uint32_t count = goal->individual_count, shown = count < HTML_INDIVIDUALS ? count : HTML_INDIVIDUALS;
  if (count == 0) {
    html_raw(html, "<p>Nobody has been judged yet.</p>\n");
    return;
  }
  const char *caption = shown == count
                            ? HTML_SAY(html, many, count, "individual", "individuals, lowest score first")
                            : arena_printf(&html->arena, "The %u with the lowest scores of %s", shown,
                                           HTML_SAY(html, count, count));
  HtmlTable table = html_table(html, caption, heads);
  for (uint32_t i = 0; i < shown; i++) {
    const ReviewGoalIndividual *at = &goal->individuals[i];
    html_row(html, &table, html_data(html, at->who));
    if (at->standing.score < 0) html_cell(html, &table, WORDS_NOTHING);
    else html_cell(html, &table, "%.0f", at->standing.score);
    html_cell(html, &table, "%s", HTML_SAY(html, count, at->standing.cases));
    html_cell(html, &table, "%s", html_state(html, at->standing.state));
  }
  html_table_end(html, &table);
}

static void put_goal(Html *html, const ReviewGoal *goal)
{
  const mot_goal_info *info = &html->rules->goals[goal->goal];
  html_put(html, "<div class=\"goal%s\"><p><b>%s</b> %s</p>\n", state_class(goal->standing.state),
           HTML_SAY(html, goal, goal->goal), *info->each ? "" : html_state(html, goal->standing.state));
  html_put(html, "<p class=\"soft\">%s%s%s; measures %s; weight %.0f\u00a0%%</p>\n",
           info->owner == MOT_NOT_FOUND ? "" : html_owner(html, info->owner), *info->each ? " each " : "",
           html_safe(html, info->each),
           info->mot != MOT_NOT_FOUND ? html_mot(html, info->mot) : html_safe(html, info->measure),
           info->weight * 100);
  put_targets(html, info);
  put_score(html, "Score", goal->standing.score);
  if (goal->standing.rolled_up != goal->standing.score)
    put_score(html, "With the goals below", goal->standing.rolled_up);
  if (*info->each) put_individuals(html, goal, info);
  html_raw(html, "</div>\n");
}

static void close_lists(Html *html, uint32_t from, uint32_t to)
{
  for (uint32_t i = from; i > to; i--) html_raw(html, "</li></ul>");
}

static void put_tree(Html *html, const ReviewExperience *experience)
{
  const Review *review = html->review;
  uint32_t open = 0;           /* lists, each with an item */
  const char *nsat = NULL;
  for (uint32_t i = 0; i < review->goal_count; i++) {
    const ReviewGoal *goal = &review->goals[i];
    const mot_goal_info *info = &html->rules->goals[goal->goal];
    if (info->experience != experience->experience) continue;
    if (goal->depth == 0 && nsat != info->nsat) {
      close_lists(html, open, 0);
      open = 0;
      nsat = info->nsat;
      html_put(html, "<h4>%s</h4>\n", html_safe(html, *info->nsat_title ? info->nsat_title : info->nsat));
    }
    uint32_t wanted = goal->depth + 1;
    if (wanted > open) html_raw(html, open == 0 ? "<ul class=\"goals\"><li>" : "<ul><li>"), open++;
    else {
      close_lists(html, open, wanted);
      open = wanted;
      html_raw(html, "</li><li>");
    }
    put_goal(html, goal);
  }
  close_lists(html, open, 0);
  html_raw(html, "\n");
}

void part_goals(Html *html, const ReviewExperience *experience)
{
  bool any = false;
  for (uint32_t i = 0; i < html->rules->goal_count; i++)
    any = any || html->rules->goals[i].experience == experience->experience;
  if (!any) return;
  html_section(html, "goals", experience->experience, "Goals: the North Star Alignment Template");
  put_tree(html, experience);
  html_section_end(html);
}
