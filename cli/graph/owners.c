/*
 * owners.c - who answers for what: people and teams below whom they report to, with all that names them.
 */
#include <string.h>

#include "cli/graph/build.h"

typedef struct People {
  Picture *picture;
  Panel *panel;
  const mot_rules *rules;
  uint32_t experience;   /* MOT_NOT_FOUND: all */
} People;

static bool wanted(const People *people, uint32_t experience)
{
  return people->experience == MOT_NOT_FOUND || people->experience == experience;
}

static const char *owner_id(People *people, const mot_owner_info *info)
{
  return picture_text(people->picture, "owner.%s", info->name);
}

/* The line "does A, B, C" of those that are found; grows from call to call. */
static const char *list(People *people, const char *before, const char *does, const char *what)
{
  return before[0] ? picture_text(people->picture, "%s, %s", before, what)
                   : picture_text(people->picture, "%s %s", does, what);
}

/* ---- what somebody answers for ---- */

static const char *experiences_of(People *people, uint32_t owner)
{
  const char *text = "";
  mot_experience_info info;
  for (uint32_t i = 0; mot_rules_experience_info(people->rules, i, &info); i++)
    if (info.manager == owner && wanted(people, i))
      text = list(people, text, "Experience Manager of", info.name);
  return text;
}

static bool produces(const mot_rules *rules, uint32_t mot, uint32_t owner)
{
  uint32_t producer;
  for (size_t i = 0; (producer = mot_rules_producer(rules, mot, i)) != MOT_NOT_FOUND; i++)
    if (producer == owner) return true;
  return false;
}

static const char *mots_of(People *people, uint32_t owner, bool as_producer)
{
  const char *text = "";
  mot_mot_info info;
  for (uint32_t i = 0; mot_rules_mot_info(people->rules, i, &info); i++) {
    bool is = as_producer ? produces(people->rules, i, owner) : info.manager == owner;
    if (is && wanted(people, info.experience))
      text = list(people, text, as_producer ? "produces" : "leads", info.name);
  }
  return text;
}

static const char *goals_of(People *people, uint32_t owner)
{
  const char *text = "";
  mot_goal_info info;
  for (uint32_t i = 0; mot_rules_goal_info(people->rules, i, &info); i++)
    if (info.owner == owner && wanted(people, info.experience))
      text = list(people, text, "goals:", info.name);
  return text;
}

static const char *reviews_of(People *people, uint32_t owner)
{
  const char *text = "";
  mot_review_info info;
  for (uint32_t i = 0; mot_rules_review_info(people->rules, i, &info); i++)
    if (info.chair == owner && wanted(people, info.experience))
      text = list(people, text, "chairs the review", info.name);
  return text;
}

/* ---- what somebody hears of ---- */

typedef struct Heard {
  uint32_t owner;
  const char *told, *corrects;
} Heard;

static void hear(People *people, Heard *heard, const mot_action_info *action, const char *of)
{
  if (action->owner != heard->owner) return;
  if (action->correction) {
    heard->corrects =
      list(people, heard->corrects, "corrects", picture_text(people->picture, "%s (%s)", of, action->when));
    return;
  }
  const char *what = picture_text(people->picture, "%s %s (%s%s)", of, action->when, action->severity,
                                  action->escalates ? ", escalates" : "");
  heard->told = list(people, heard->told, "is told:", what);
}

static void hear_moments(People *people, Heard *heard)
{
  mot_action_info action;
  mot_mot_info mot;
  mot_experience_info experience;
  for (uint32_t i = 0; mot_rules_mot_info(people->rules, i, &mot); i++)
    for (size_t k = 0; wanted(people, mot.experience) && mot_rules_action(people->rules, 0, i, k, &action);
         k++)
      hear(people, heard, &action, mot.name);
  for (uint32_t i = 0; mot_rules_experience_info(people->rules, i, &experience); i++)
    for (size_t k = 0; wanted(people, i) && mot_rules_action(people->rules, i, MOT_NOT_FOUND, k, &action);
         k++)
      hear(people, heard, &action, picture_text(people->picture, "the outcome of %s", experience.name));
}

static Heard heard_by(People *people, uint32_t owner)
{
  Heard heard = {owner, "", ""};
  mot_action_info action;
  mot_goal_info goal;
  hear_moments(people, &heard);
  for (uint32_t i = 0; mot_rules_goal_info(people->rules, i, &goal); i++)
    for (size_t k = 0; wanted(people, goal.experience) && mot_rules_goal_action(people->rules, i, k, &action);
         k++)
      hear(people, &heard, &action, picture_text(people->picture, "goal %s", goal.name));
  return heard;
}

/* ---- all of them ---- */

static const char *role_text(const char *role)
{
  if (strcmp(role, "experience_manager") == 0) return "Experience Manager";
  if (strcmp(role, "mot_manager") == 0) return "MOT Manager";
  return strcmp(role, "producer") == 0 ? "producers" : "";
}

/* The lines of somebody; false when there is nothing to say. */
static bool duties(People *people, uint32_t owner, Lines *lines)
{
  Heard heard = heard_by(people, owner);
  const char *texts[] = {experiences_of(people, owner),
                         mots_of(people, owner, false),
                         mots_of(people, owner, true),
                         goals_of(people, owner),
                         reviews_of(people, owner),
                         heard.corrects,
                         heard.told};
  size_t before = lines->count;
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
    add_line(people->picture, lines, i < 5 ? ROLE_TEXT : ROLE_SMALL, texts[i]);
  return lines->count > before;
}

static bool above_somebody(People *people, uint32_t owner, unsigned depth)
{
  mot_owner_info info;
  Lines none = {0};
  bool found = duties(people, owner, &none);
  for (uint32_t i = 0; !found && depth < 16 && mot_rules_owner_info(people->rules, i, &info); i++)
    found = info.above == owner && above_somebody(people, i, depth + 1);
  picture_lines_free(&none);
  return found;
}

static void add_owner(People *people, uint32_t owner, const mot_owner_info *info)
{
  Picture *picture = people->picture;
  long node =
    panel_node(picture, people->panel, info->team ? NODE_TEAM : NODE_PERSON, owner_id(people, info));
  if (node == NO_NODE) return;
  const char *role = role_text(info->role);
  people->panel->nodes[node].tint = owner_tint(picture, people->rules, owner);
  node_line(picture, people->panel, node, ROLE_NAME,
            picture_text(picture, "%s%s%s", info->team ? "team" : info->name, role[0] ? " · " : "", role));
  node_line(picture, people->panel, node, ROLE_TITLE, info->title[0] ? info->title : info->name);
  node_line(picture, people->panel, node, ROLE_SMALL, info->contact);
  duties(people, owner, &people->panel->nodes[node].lines);
}

static void join_owner(People *people, const mot_owner_info *info)
{
  mot_owner_info above;
  if (!mot_rules_owner_info(people->rules, info->above, &above)) return;
  panel_edge(people->picture, people->panel, panel_find(people->panel, owner_id(people, &above)),
             panel_find(people->panel, owner_id(people, info)), EDGE_LEADS, "");
}

void build_owners(Picture *picture, const mot_rules *rules, uint32_t experience)
{
  People people = {picture, NULL, rules, experience};
  mot_owner_info info;
  mot_experience_info of = {.title = ""};
  picture->title = "Who answers for what";
  picture->description =
    "From top to bottom: whom people and teams report to; in each, what they lead, produce and hear of.";
  if (!mot_rules_owner_info(rules, 0, &info)) return;
  people.panel = picture_panel(picture, "owners");
  if (!people.panel) return;
  people.panel->down = true;
  bool one = experience != MOT_NOT_FOUND && mot_rules_experience_info(rules, experience, &of);
  add_line(picture, &people.panel->head, ROLE_NAME,
           one ? picture_text(picture, "Experience %s", of.name) : "");
  add_line(picture, &people.panel->head, ROLE_TITLE, one ? of.title : picture->title);
  for (uint32_t i = 0; mot_rules_owner_info(rules, i, &info); i++)
    if (!one || above_somebody(&people, i, 0)) add_owner(&people, i, &info);
  for (uint32_t i = 0; mot_rules_owner_info(rules, i, &info); i++) join_owner(&people, &info);
}
