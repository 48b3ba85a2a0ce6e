/*
 * api_actions.c - alerts and corrections as the rules have them, through the library.
 */
#include "runtime/outcome.h"
#include "runtime/run.h"
#include "mot/tools.h"

static const char *when_word(uint32_t when)
{
  static const char *const words[] = {
    [WHEN_AT_RISK] = "at risk", [WHEN_MISSED] = "missed",     [WHEN_PRODUCED] = "produced",
    [WHEN_VOID] = "void",       [WHEN_BREACHED] = "breached", [WHEN_MET] = "met",
  };
  return words[when];
}

static bool action(const Module *module, uint32_t first, uint32_t count, size_t index,
                   mot_action_info *ret_info)
{
  if (index >= count) return false;
  const ActionRow *row = &module->Action[first + index];
  const CorrectionRow *correction = row->kind == ACTION_CORRECT && row->correction != MOT_NONE
    ? &module->Correction[row->correction] : NULL;
  *ret_info = (mot_action_info){
    .when = when_word(row->when),
    .correction = correction != NULL,
    .owner = correction ? correction->by : row->to,
    .severity = correction ? NULL : act_severity_word(row->severity),
    .text = correction ? module_string(module, correction->text, NULL) : "",
    .escalates = row->escalate >= 0,
  };
  return true;
}

bool mot_rules_action(const mot_rules *rules, uint32_t experience, uint32_t mot, size_t index,
                      mot_action_info *ret_info)
{
  const Module *module = &rules->module;
  if (mot < module->Mot_count)
    return action(module, module->Mot[mot].actions, module->Mot[mot].actions_count, index, ret_info);
  if (mot != MOT_NOT_FOUND || experience >= module->Experience_count) return false;
  const ExperienceRow *row = &module->Experience[experience];
  return action(module, row->actions, row->actions_count, index, ret_info);
}

bool mot_rules_goal_action(const mot_rules *rules, uint32_t goal, size_t index, mot_action_info *ret_info)
{
  const Module *module = &rules->module;
  if (goal >= module->Goal_count) return false;
  return action(module, module->Goal[goal].actions, module->Goal[goal].actions_count, index, ret_info);
}
