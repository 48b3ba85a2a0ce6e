/*
 * goals.c - the NSAT: goals, what they are made of, who answers for them and what they are held against.
 */
#include <string.h>

#include "cli/graph/build.h"

static const char *goal_id(Picture *picture, const mot_goal_info *goal)
{
  return picture_text(picture, "%s.goal.%s", goal->nsat, goal->name);
}

static const char *measure_text(Picture *picture, const mot_rules *rules, const mot_goal_info *goal)
{
  mot_mot_info mot;
  mot_experience_info experience = {.sco = ""};
  if (mot_rules_mot_info(rules, goal->mot, &mot))
    return picture_text(picture, "measured by %s: “%s”", mot.name, mot.title);
  mot_rules_experience_info(rules, goal->experience, &experience);
  if (strcmp(goal->measure, "sco") == 0)
    return picture_text(picture, "measured by the outcome: “%s”", experience.sco);
  if (!goal->measure[0]) return "";
  return picture_text(picture, "measured by %s", goal->measure);
}

static void add_actions(Picture *picture, Panel *panel, long node, const mot_rules *rules, uint32_t goal)
{
  mot_action_info action;
  for (size_t i = 0; mot_rules_goal_action(rules, goal, i, &action); i++)
    node_line(picture, panel, node, ROLE_SMALL,
              picture_text(picture, "%s: %s is told", action.when, owner_called(rules, action.owner)));
}

static long add_goal(Picture *picture, Panel *panel, const mot_rules *rules, uint32_t number,
                     const mot_goal_info *goal)
{
  long node = panel_node(picture, panel, NODE_GOAL, goal_id(picture, goal));
  if (node == NO_NODE) return node;
  panel->nodes[node].many = goal->each[0] != 0;
  panel->nodes[node].tint = owner_tint(picture, rules, goal->owner);
  node_line(picture, panel, node, ROLE_NAME,
            goal->each[0] ? picture_text(picture, "%s · each %s", goal->name, goal->each) : goal->name);
  node_line(picture, panel, node, ROLE_TITLE, goal->title);
  node_line(picture, panel, node, ROLE_TEXT, goal->doc);
  node_line(picture, panel, node, ROLE_TEXT, measure_text(picture, rules, goal));
  const char *targets = targets_text(picture, rules, goal->first_target, goal->targets);
  if (targets[0]) node_line(picture, panel, node, ROLE_TEXT, picture_text(picture, "target %s", targets));
  const char *owner = goal->owner != MOT_NOT_FOUND ? owner_called(rules, goal->owner)
    : goal->each[0] ? picture_text(picture, "each %s", goal->each) : "nobody";
  node_line(picture, panel, node, ROLE_SMALL, picture_text(picture, "answered for by %s", owner));
  add_actions(picture, panel, node, rules, number);
  return node;
}

/* Its weight among its siblings, with whose sum it is to be compared. */
static const char *share(Picture *picture, const mot_rules *rules, const mot_goal_info *goal)
{
  double sum = 0;
  mot_goal_info other;
  for (uint32_t i = 0; mot_rules_goal_info(rules, i, &other); i++)
    if (other.parent == goal->parent && strcmp(other.nsat, goal->nsat) == 0) sum += other.weight;
  return sum > 0 ? picture_text(picture, "%.3g%%", 100 * goal->weight / sum) : "";
}

static Panel *begin(Picture *picture, const mot_rules *rules, const mot_goal_info *goal)
{
  Panel *panel = picture_panel(picture, goal->nsat);
  mot_experience_info experience = {.name = "", .title = ""};
  mot_rules_experience_info(rules, goal->experience, &experience);
  if (!panel) return NULL;
  add_line(picture, &panel->head, ROLE_NAME,
           picture_text(picture, "NSAT %s for %s", goal->nsat, experience.name));
  add_line(picture, &panel->head, ROLE_TITLE, goal->nsat_title[0] ? goal->nsat_title : experience.title);
  return panel;
}

void build_goals(Picture *picture, const mot_rules *rules, uint32_t experience)
{
  Panel *panel = NULL;
  mot_goal_info goal, parent;
  picture->title = "Goals";
  picture->description =
    "From left to right: each goal and the goals it is made of; the figure at a line is the share of "
    "the part in the whole.";
  for (uint32_t i = 0; mot_rules_goal_info(rules, i, &goal); i++) {
    if (experience != MOT_NOT_FOUND && goal.experience != experience) continue;
    if (!panel || strcmp(panel->id, goal.nsat) != 0) panel = begin(picture, rules, &goal);
    if (!panel) return;
    long node = add_goal(picture, panel, rules, i, &goal);
    if (goal.parent == MOT_NOT_FOUND || !mot_rules_goal_info(rules, goal.parent, &parent)) continue;
    panel_edge(picture, panel, panel_find(panel, goal_id(picture, &parent)), node, EDGE_PART,
               share(picture, rules, &goal));
  }
}
