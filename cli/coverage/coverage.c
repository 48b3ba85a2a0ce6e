/*
 * coverage.c - what is to be covered: subjects, and the texts in which they stand.
 */
#include "cli/coverage/coverage.h"

#include <stdlib.h>
#include <string.h>

#include "cli/coverage/demands.h"
#include "cli/coverage/texts.h"

/* ---- subjects ---- */

/* The subject that stands there already, from another file's rules. */
static size_t known_subject(const Coverage *coverage, const Subject *one)
{
  for (size_t i = 0; i < coverage->subject_count; i++) {
    const Subject *other = &coverage->subjects[i];
    bool same = other->text == one->text && other->place.offset == one->place.offset &&
      (other->mot == MOT_NOT_FOUND) == (one->mot == MOT_NOT_FOUND);
    if (same) return i;
  }
  return SIZE_MAX;
}

static bool fill_subject(Subject *subject)
{
  return (subject->mot == MOT_NOT_FOUND ? add_journey_demands(subject) : add_mot_demands(subject)) &&
    add_awaits(subject);
}

/* Patterns may stand in files of their own. */
static bool add_origins(Coverage *coverage, const char *path, const Subject *subject)
{
  for (size_t i = 0; i < subject->count; i++) {
    const char *file = subject->demands[i].origin.file;
    if (file != subject->place.file && text_number(coverage, path, subject->rules, file) == SIZE_MAX) return false;
  }
  return true;
}

/* Its number; SIZE_MAX when there is no memory. */
static size_t add_subject(Coverage *coverage, const char *path, Subject subject)
{
  subject.text = text_number(coverage, path, subject.rules, subject.place.file);
  if (subject.text == SIZE_MAX) return SIZE_MAX;
  size_t number = known_subject(coverage, &subject);
  if (number != SIZE_MAX) return number;
  Subject *subjects = realloc(coverage->subjects, (coverage->subject_count + 1) * sizeof *subjects);
  if (!subjects) return SIZE_MAX;
  coverage->subjects = subjects;
  number = coverage->subject_count++;
  if (subject.mot == MOT_NOT_FOUND) subject.head = number;
  subjects[number] = subject;
  bool fine = fill_subject(&subjects[number]) && add_origins(coverage, path, &subjects[number]);
  return fine ? number : SIZE_MAX;
}

static bool add_mots(Coverage *coverage, const char *path, RulesCover *rules, uint32_t experience,
                     const mot_experience_info *info)
{
  for (uint32_t mot = info->first_mot; mot < info->first_mot + info->mots; mot++) {
    mot_mot_info of;
    if (!mot_rules_mot_info(rules->rules, mot, &of)) continue;
    Subject subject = {.rules = rules->rules, .experience = experience, .mot = mot, .name = of.name,
                       .title = of.title, .head = rules->experiences[experience]};
    if (!mot_rules_mot_place(rules->rules, mot, &subject.place)) continue;
    rules->mots[mot] = add_subject(coverage, path, subject);
    if (rules->mots[mot] == SIZE_MAX) return false;
  }
  return true;
}

static bool add_experience(Coverage *coverage, const char *path, RulesCover *rules, uint32_t experience)
{
  mot_experience_info info;
  mot_rules_experience_info(rules->rules, experience, &info);
  Subject subject = {.rules = rules->rules, .experience = experience, .mot = MOT_NOT_FOUND, .name = info.name,
                     .title = info.title};
  if (!mot_rules_experience_place(rules->rules, experience, &subject.place)) return true;
  rules->experiences[experience] = add_subject(coverage, path, subject);
  return rules->experiences[experience] != SIZE_MAX && add_mots(coverage, path, rules, experience, &info);
}

/* ---- rules ---- */

static size_t *no_numbers(size_t count)
{
  size_t *numbers = malloc((count + 1) * sizeof *numbers);
  for (size_t i = 0; numbers && i < count; i++) numbers[i] = SIZE_MAX;
  return numbers;
}

bool coverage_add(Coverage *coverage, const char *path, const mot_rules *rules)
{
  RulesCover *all = realloc(coverage->rules, (coverage->rules_count + 1) * sizeof *all);
  if (!all) return false;
  coverage->rules = all;
  RulesCover *of = &all[coverage->rules_count++];
  *of = (RulesCover){.rules = rules};
  while (mot_rules_experience_name(rules, (uint32_t)of->experience_count)) of->experience_count++;
  while (mot_rules_mot_name(rules, (uint32_t)of->mot_count)) of->mot_count++;
  of->experiences = no_numbers(of->experience_count);
  of->mots = no_numbers(of->mot_count);
  if (!of->experiences || !of->mots) return false;
  for (uint32_t i = 0; i < of->experience_count; i++)
    if (!add_experience(coverage, path, of, i)) return false;
  return true;
}

const RulesCover *coverage_rules(const Coverage *coverage, const mot_rules *rules)
{
  size_t i = 0;
  while (coverage->rules[i].rules != rules) i++;
  return &coverage->rules[i];
}

void coverage_free(Coverage *coverage)
{
  for (size_t i = 0; i < coverage->subject_count; i++) {
    Subject *subject = &coverage->subjects[i];
    for (size_t k = 0; k < subject->count; k++) free(subject->demands[k].about);
    free(subject->demands);
    free(subject->awaits);
  }
  for (size_t i = 0; i < coverage->rules_count; i++) {
    free(coverage->rules[i].experiences);
    free(coverage->rules[i].mots);
  }
  for (size_t i = 0; i < coverage->text_count; i++) free(coverage->texts[i].path);
  free(coverage->subjects);
  free(coverage->rules);
  free(coverage->texts);
}
