/*
 * html_target.c - see html_target.h.
 */
#include "report/html_target.h"

#include <string.h>

/* Goals for each individual have targets too: those are the individuals'. */
static bool goal_measures(const ReviewRules *rules, uint32_t number, HtmlSubject subject)
{
  if (number >= rules->goal_count) return false;
  const mot_goal_info *goal = &rules->goals[number];
  if (*goal->each || goal->experience != subject.experience) return false;
  switch (subject.kind) {
  case HTML_SCO: return strcmp(goal->measure, "sco") == 0;
  case HTML_DISRUPTION: return strcmp(goal->measure, "disruption") == 0;
  default: return goal->mot == subject.mot;
  }
}

static bool is_of(const ReviewRules *rules, const mot_target_info *target, HtmlSubject subject)
{
  if (target->goal != MOT_NOT_FOUND) return goal_measures(rules, target->goal, subject);
  return subject.kind == HTML_MOT && target->mot == subject.mot;
}

/* Those of goals stand with the goals. */
static bool is_told(const mot_target_info *target, HtmlSubject subject)
{
  return subject.kind != HTML_MOT || target->goal == MOT_NOT_FOUND;
}

/* "97% over 7 d", "<= 10% over 30 d": of the figure itself, not of a measure such as p95(wait). */
static bool is_of_rate(const mot_target_info *target)
{
  const char *text = target->text + strspn(target->text, "<>= ");
  return target->value.type == MOT_TYPE_PERCENT && *text >= '0' && *text <= '9';
}

const char *html_targets(Html *html, HtmlSubject subject)
{
  const char *all = "";
  for (uint32_t i = 0; i < html->rules->target_count; i++) {
    const mot_target_info *target = &html->rules->targets[i];
    if (!is_of(html->rules, target, subject) || !is_told(target, subject)) continue;
    const mot_target_standing *standing = &html->review->targets[i].standing;
    const char *value = standing->value.type == MOT_TYPE_NONE ? ""
      : arena_printf(&html->arena, " <small>(%s)</small>", HTML_SAY(html, value, &standing->value));
    all = arena_printf(&html->arena, "%s%s%s: %s%s", all, *all ? "<br />" : "", html_safe(html, target->text),
                       html_state(html, standing->state), value);
  }
  return all;
}

unsigned html_target_lines(Html *html, HtmlSubject subject, double *ret_lines, unsigned room)
{
  unsigned count = 0;
  for (uint32_t i = 0; i < html->rules->target_count && count < room; i++) {
    const mot_target_info *target = &html->rules->targets[i];
    if (!is_of(html->rules, target, subject) || !is_of_rate(target)) continue;
    double line = target->value.number * 100;
    bool known = false;
    for (unsigned j = 0; j < count; j++) known = known || ret_lines[j] == line;
    if (!known) ret_lines[count++] = line;
  }
  return count;
}
