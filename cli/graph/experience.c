/*
 * experience.c - the map of an experience: what happens to the customer, the moments that it opens, what they
 * wait for, and how the journey ends.
 */
#include "cli/graph/build.h"

typedef struct Map {
  Picture *picture;
  Panel *panel;
  const mot_rules *rules;
  uint32_t experience;
  long start, sco, end, gone;
} Map;

static const char *node_id(Map *map, const char *kind, const char *name)
{
  return picture_text(map->picture, "%s.%s%s%s", map->panel->id, kind, name[0] ? "." : "", name);
}

/* ---- what triggers ---- */

static long event_node(Map *map, uint32_t event)
{
  const char *name = mot_rules_event_name(map->rules, event), *id = node_id(map, "event", name);
  long node = panel_find(map->panel, id);
  if (node != NO_NODE) return node;
  node = panel_node(map->picture, map->panel, NODE_EVENT, id);
  node_line(map->picture, map->panel, node, ROLE_TITLE, name);
  return node;
}

static long mot_node_of(Map *map, uint32_t mot)
{
  return panel_find(map->panel, node_id(map, "mot", mot_rules_mot_name(map->rules, mot)));
}

/* An outcome of another experience. */
static long elsewhere_node(Map *map, const mot_trigger *trigger)
{
  mot_experience_info experience = {.name = ""};
  mot_mot_info mot;
  bool moment = mot_rules_mot_info(map->rules, trigger->mot, &mot);
  mot_rules_experience_info(map->rules, moment ? mot.experience : trigger->experience, &experience);
  const char *what = moment ? mot.name : "sco";
  const char *id = node_id(map, "elsewhere", picture_text(map->picture, "%s.%s", experience.name, what));
  long node = panel_find(map->panel, id);
  if (node != NO_NODE) return node;
  node = panel_node(map->picture, map->panel, NODE_ELSEWHERE, id);
  node_line(map->picture, map->panel, node, ROLE_NAME,
            picture_text(map->picture, "%s.%s", experience.name, what));
  node_line(map->picture, map->panel, node, ROLE_TITLE, moment ? mot.title : experience.sco);
  return node;
}

static long outcome_node(Map *map, const mot_trigger *trigger)
{
  mot_mot_info mot;
  bool moment = mot_rules_mot_info(map->rules, trigger->mot, &mot);
  uint32_t experience = moment ? mot.experience : trigger->experience;
  if (experience != map->experience) return elsewhere_node(map, trigger);
  return moment ? mot_node_of(map, trigger->mot) : map->sco;
}

static long silence_node(Map *map, uint32_t mot)
{
  long node = panel_node(map->picture, map->panel, NODE_SILENCE,
                         node_id(map, "silence", mot_rules_mot_name(map->rules, mot)));
  node_line(map->picture, map->panel, node, ROLE_NAME, "when nothing happens");
  node_line(map->picture, map->panel, node, ROLE_TITLE,
            clause_text(map->picture, map->rules, map->experience, mot, MOT_CLAUSE_WHEN, 0));
  if (map->start != NO_NODE) panel_edge(map->picture, map->panel, map->start, node, EDGE_OPENS, "");
  return node;
}

/* What stands for a trigger, and the word at its edge; NO_NODE: a silence. */
static long trigger_node(Map *map, const mot_trigger *trigger, const char **ret_word)
{
  *ret_word = "";
  if (trigger->event != MOT_NOT_FOUND) return event_node(map, trigger->event);
  if (trigger->mot == MOT_NOT_FOUND && trigger->experience == MOT_NOT_FOUND) return NO_NODE;
  *ret_word = outcome_word(trigger->outcome);
  return outcome_node(map, trigger);
}

/* ---- moments ---- */

static void add_actions(Map *map, long node, uint32_t mot)
{
  mot_action_info action;
  for (size_t i = 0; mot_rules_action(map->rules, map->experience, mot, i, &action); i++) {
    const char *who = owner_called(map->rules, action.owner);
    const char *text = action.correction
      ? picture_text(map->picture, "%s: %s does “%s”", action.when, who, action.text)
      : picture_text(map->picture, "%s: %s is told", action.when, who);
    node_line(map->picture, map->panel, node, ROLE_SMALL, text);
  }
}

/* "pauses on …", "void on …" */
static void add_clauses(Map *map, long node, uint32_t mot)
{
  static const struct { mot_clause clause; const char *words; } shown[] = {
    {MOT_CLAUSE_PAUSES, "our clock stops on"}, {MOT_CLAUSE_VOIDS, "void on"},
  };
  for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
    const char *text;
    for (size_t k = 0;
         (text = clause_text(map->picture, map->rules, map->experience, mot, shown[i].clause, k))[0]; k++)
      node_line(map->picture, map->panel, node, ROLE_SMALL,
                picture_text(map->picture, "%s %s", shown[i].words, text));
  }
}

static void add_condition(Map *map, long node, uint32_t mot)
{
  const char *pattern = clause_pattern(map->picture, map->rules, mot, MOT_CLAUSE_SMOTO);
  node_line(map->picture, map->panel, node, ROLE_TEXT,
            condition_text(map->picture, map->rules, map->experience, mot));
  if (pattern) {
    node_line(map->picture, map->panel, node, ROLE_SMALL, picture_text(map->picture, "like %s", pattern));
    return;
  }
  const char *when = clause_text(map->picture, map->rules, map->experience, mot, MOT_CLAUSE_WHEN, 0);
  if (when[0])
    node_line(map->picture, map->panel, node, ROLE_SMALL, picture_text(map->picture, "when %s", when));
}

static void add_mot(Map *map, uint32_t mot)
{
  mot_mot_info info;
  if (!mot_rules_mot_info(map->rules, mot, &info)) return;
  Picture *picture = map->picture;
  long node = panel_node(picture, map->panel, NODE_MOT, node_id(map, "mot", info.name));
  if (node == NO_NODE) return;
  map->panel->nodes[node].critical = info.critical;
  map->panel->nodes[node].tint = owner_tint(picture, map->rules, mot_rules_producer(map->rules, mot, 0));
  node_line(picture, map->panel, node, ROLE_NAME,
            picture_text(picture, "%s%s", info.name, info.critical ? " · critical" : ""));
  node_line(picture, map->panel, node, ROLE_TITLE, info.title);
  add_condition(map, node, mot);
  const char *targets = targets_text(picture, map->rules, info.first_target, info.targets);
  if (targets[0])
    node_line(picture, map->panel, node, ROLE_TEXT, picture_text(picture, "target %s", targets));
  node_line(picture, map->panel, node, ROLE_SMALL,
            picture_text(picture, "produced by %s; led by %s", producers_called(picture, map->rules, mot),
                         owner_called(map->rules, info.manager)));
  add_clauses(map, node, mot);
  add_actions(map, node, mot);
}

static void join_mot(Map *map, uint32_t mot)
{
  long node = mot_node_of(map, mot), silence = NO_NODE;
  mot_trigger trigger;
  const char *word;
  for (size_t i = 0; mot_rules_opening(map->rules, mot, i, &trigger); i++) {
    long from = trigger_node(map, &trigger, &word);
    if (from == NO_NODE) from = silence = silence == NO_NODE ? silence_node(map, mot) : silence;
    panel_edge(map->picture, map->panel, from, node, EDGE_OPENS, word);
  }
  for (size_t i = 0; mot_rules_awaits(map->rules, map->experience, mot, i, &trigger); i++) {
    long to = trigger_node(map, &trigger, &word);
    panel_edge(map->picture, map->panel, node, to, EDGE_AWAITS, word);
  }
}

/* ---- the journey ---- */

static void add_head(Map *map, const mot_experience_info *info)
{
  Picture *picture = map->picture;
  Lines *head = &map->panel->head;
  const char *keys = "", *key;
  for (size_t i = 0; (key = mot_rules_key_name(map->rules, map->experience, i)) != NULL; i++)
    keys = picture_text(picture, "%s%s%s", keys, i > 0 ? ", " : "", key);
  add_line(picture, head, ROLE_NAME, picture_text(picture, "Experience %s", info->name));
  add_line(picture, head, ROLE_TITLE, info->title);
  add_line(picture, head, ROLE_TEXT, info->doc);
  add_line(picture, head, ROLE_SMALL,
           picture_text(picture,
                        "Experience Manager: %s. A journey for each %s; it is over after %s at the latest.",
                        owner_called(map->rules, info->manager), keys, length_text(picture, info->expires)));
}

static void add_start(Map *map)
{
  mot_trigger trigger;
  const char *word;
  map->start = panel_node(map->picture, map->panel, NODE_START, node_id(map, "start", ""));
  node_line(map->picture, map->panel, map->start, ROLE_NAME, "the journey starts on");
  node_line(map->picture, map->panel, map->start, ROLE_TITLE,
            clause_text(map->picture, map->rules, map->experience, MOT_NOT_FOUND, MOT_CLAUSE_STARTS, 0));
  for (size_t i = 0; mot_rules_start(map->rules, map->experience, i, &trigger); i++) {
    long from = trigger_node(map, &trigger, &word);
    panel_edge(map->picture, map->panel, from, map->start, EDGE_OPENS, word);
  }
}

static void add_sco(Map *map, const mot_experience_info *info)
{
  map->sco = panel_node(map->picture, map->panel, NODE_SCO, node_id(map, "sco", ""));
  node_line(map->picture, map->panel, map->sco, ROLE_NAME, "Successful Customer Outcome");
  node_line(map->picture, map->panel, map->sco, ROLE_TITLE, info->sco);
  node_line(map->picture, map->panel, map->sco, ROLE_TEXT,
            condition_text(map->picture, map->rules, map->experience, MOT_NOT_FOUND));
  node_line(map->picture, map->panel, map->sco, ROLE_SMALL,
            picture_text(map->picture, "led by %s", owner_called(map->rules, info->manager)));
  add_actions(map, map->sco, MOT_NOT_FOUND);
  panel_edge(map->picture, map->panel, map->start, map->sco, EDGE_OPENS, "");
}

static void join_sco(Map *map)
{
  mot_trigger trigger;
  const char *word;
  for (size_t i = 0; mot_rules_awaits(map->rules, map->experience, MOT_NOT_FOUND, i, &trigger); i++) {
    long to = trigger_node(map, &trigger, &word);
    panel_edge(map->picture, map->panel, map->sco, to, EDGE_AWAITS, word);
  }
}

/* The end, by `ends on` or by expiry alone. */
static void add_end(Map *map, const mot_experience_info *info)
{
  Picture *picture = map->picture;
  mot_trigger trigger;
  const char *word,
    *text = clause_text(picture, map->rules, map->experience, MOT_NOT_FOUND, MOT_CLAUSE_ENDS, 0);
  map->end = panel_node(picture, map->panel, NODE_END, node_id(map, "end", ""));
  node_line(picture, map->panel, map->end, ROLE_NAME, text[0] ? "the journey ends on" : "the journey ends");
  node_line(picture, map->panel, map->end, ROLE_TITLE, text);
  node_line(picture, map->panel, map->end, ROLE_SMALL,
            picture_text(picture, "%safter %s", text[0] ? "or " : "", length_text(picture, info->expires)));
  for (size_t i = 0; mot_rules_end(map->rules, map->experience, i, &trigger); i++) {
    long from = trigger_node(map, &trigger, &word);
    panel_edge(picture, map->panel, from, map->end, EDGE_ENDS, word);
  }
}

static void add_void(Map *map)
{
  Picture *picture = map->picture;
  mot_trigger trigger;
  const char *word, *text;
  for (size_t i = 0;; i++) {
    text = clause_text(picture, map->rules, map->experience, MOT_NOT_FOUND, MOT_CLAUSE_VOIDS, i);
    if (!text[0]) break;
    if (i == 0) {
      map->gone = panel_node(picture, map->panel, NODE_VOID, node_id(map, "void", ""));
      node_line(picture, map->panel, map->gone, ROLE_NAME, "the journey is void on");
    }
    node_line(picture, map->panel, map->gone, ROLE_TITLE, text);
  }
  for (size_t i = 0; mot_rules_void(map->rules, map->experience, MOT_NOT_FOUND, i, &trigger); i++) {
    long from = trigger_node(map, &trigger, &word);
    panel_edge(picture, map->panel, from, map->gone, EDGE_ENDS, word);
  }
}

static void build_map(Picture *picture, const mot_rules *rules, uint32_t experience,
                      const mot_experience_info *info)
{
  Map map = {.picture = picture, .rules = rules, .experience = experience, .sco = NO_NODE, .gone = NO_NODE};
  map.panel = picture_panel(picture, info->name);
  if (!map.panel) return;
  mot_experience_traits traits = {.sco = false};
  mot_rules_experience_traits(rules, experience, &traits);
  add_head(&map, info);
  add_start(&map);
  if (traits.sco || info->sco[0]) add_sco(&map, info);
  for (uint32_t i = 0; i < info->mots; i++) add_mot(&map, info->first_mot + i);
  join_sco(&map);
  for (uint32_t i = 0; i < info->mots; i++) join_mot(&map, info->first_mot + i);
  add_end(&map, info);
  add_void(&map);
}

void build_experiences(Picture *picture, const mot_rules *rules, uint32_t experience)
{
  mot_experience_info info;
  picture->title = "Map of the experience";
  picture->description =
    "From left to right: what happens to the customer, the Moments of Truth that it opens, what they "
    "wait for, and how the journey ends.";
  for (uint32_t i = 0; mot_rules_experience_info(rules, i, &info); i++)
    if (experience == MOT_NOT_FOUND || experience == i) build_map(picture, rules, i, &info);
}
