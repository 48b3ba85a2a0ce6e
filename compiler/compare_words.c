/*
 * compare_words.c - what a change does to journeys and moments that are open, in words.
 *
 * All of it rests on one promise: what is open is judged by the rules it was opened under.  A run, and a state saved
 * from one, belong to their rules; "from then on" is from the first run with the new ones.
 */
#include <string.h>

#include "compiler/compare.h"

typedef struct Sentence {
  const char *clause; /* NULL: any */
  const char *text;
} Sentence;

static const Sentence texts[] = {
  {"manager", "Nothing is decided otherwise; somebody else answers for it."},
  {"producers", "Nothing is decided otherwise; records name others, and groups by them are others."},
  {"owner", "Nothing is decided otherwise; somebody else answers for it."},
  {"chair", "Nothing is decided otherwise; somebody else takes the chair."},
  {"critical", "Nothing is decided otherwise; records and reports mark it otherwise."},
  {"weight", "Nothing is decided otherwise; it counts more or less in disruption and scores."},
  {"impact", "Nothing is decided otherwise; the amount in records is another."},
  {"value", "Nothing is decided otherwise; the amount in records is another."},
  {"sentiment", "Nothing is decided otherwise; sentiment is counted otherwise."},
  {"on", "It happens when it did; who is told, or in which words, is another matter."},
  {"reports to", "Nothing is decided otherwise; alerts that nobody acknowledges go up another way."},
  {"lead", "Nothing is decided otherwise; alerts that nobody acknowledges go up another way."},
  {"contact", "Nothing is decided otherwise; alerts reach another address."},
  {NULL, "Nothing is decided otherwise."},
};

static const Sentence bounds[] = {
  {"when", "Moments open by the new limit from then on; those that are open stay open."},
  {"smoto", "Moments that open from then on have the new limit; those that are open keep the old one."},
  {"sco", "Journeys that start from then on have the new limit; those under way keep the old one."},
  {"expires", "Journeys that start from then on expire by the new length; those under way keep the old one."},
  {"target", "It is judged by the new limit from then on, and is unknown until its first judgement."},
  {"on", "It goes by the new limit from then on; alerts and corrections that are open keep the old one."},
  {"metric", "Windows are counted so from then on."},
  {NULL, "The new limit counts from then on; what is open keeps the old one."},
};

static const Sentence conditions[] = {
  {"when", "Moments open by the new condition from then on; those that are open stay open."},
  {"smoto", "Moments that open from then on are judged by the new condition; those that are open by the old one."},
  {"sco", "Journeys that start from then on are judged by the new condition; those under way by the old one."},
  {"pause", "The clock of moments that open from then on stops so; that of open ones as before."},
  {"void", "What opens from then on becomes void so; what is open as before."},
  {"ends", "Journeys that start from then on end so; those under way as before."},
  {"target", "It is judged so from then on, and is unknown until its first judgement."},
  {"on", "It is done so for what opens from then on; alerts and corrections that are open stay as they are."},
  {"metric", "Windows are counted so from then on; figures before and after do not compare."},
  {NULL, "It counts so from then on; what is open is judged as before."},
};

static const char *sentence(const Sentence *sentences, const char *clause)
{
  while (sentences->clause && strcmp(sentences->clause, clause) != 0) sentences++;
  return sentences->text;
}

/* Facts are read, and goals scored, in one way at a time. */
static const char *of_others(const mot_change *change)
{
  switch (change->of) {
  case MOT_CHANGE_OF_STREAM: return "All events are read so from then on.";
  case MOT_CHANGE_OF_CALENDAR: return "Clocks that start from then on count by it; those that run count as before.";
  case MOT_CHANGE_OF_EVENT:
    if (strcmp(change->clause, "is") == 0) return "Such events are others from then on.";
    return "Events are read, and taken or rejected, so from then on.";
  case MOT_CHANGE_OF_REVIEW: return "Nothing is decided otherwise; reviews look at other periods.";
  default: return NULL;
  }
}

static const char *of_goal(const mot_change *change)
{
  if (strcmp(change->clause, "target") == 0 || strcmp(change->clause, "on") == 0) return NULL;
  return change->of == MOT_CHANGE_OF_GOAL ? "It is scored so from then on." : NULL;
}

static const char *of_new(const mot_change *change)
{
  if (strcmp(change->clause, "target") == 0) return "It is judged from then on, and is unknown until its first judgement.";
  if (strcmp(change->clause, "on") == 0) return "It is done for what opens from then on.";
  if (strcmp(change->clause, "void") == 0) return "What opens from then on becomes void by this, too.";
  switch (change->of) {
  case MOT_CHANGE_OF_EXPERIENCE: return "Journeys start from then on; there are none yet.";
  case MOT_CHANGE_OF_MOT: return "Its moments open only in journeys that start from then on.";
  case MOT_CHANGE_OF_EVENT:
    return change->clause[0] ? "An event in which it is wrong, or missing without a `?`, is rejected from then on."
                             : "Such events are read from then on.";
  case MOT_CHANGE_OF_METRIC: return "Windows are counted from then on.";
  case MOT_CHANGE_OF_GOAL: return "It is scored from then on, and is unknown until its first judgement.";
  default: return "Nothing is decided by it alone.";
  }
}

static const char *of_gone(const mot_change *change)
{
  if (strcmp(change->clause, "target") == 0) return "Nobody judges it from then on; breached or met, it stays where it was.";
  if (strcmp(change->clause, "on") == 0)
    return "It is not done from then on; alerts and corrections that are open stay with the old rules.";
  if (strcmp(change->clause, "void") == 0) return "What opens from then on no longer becomes void by this.";
  switch (change->of) {
  case MOT_CHANGE_OF_EXPERIENCE: return "Nobody follows these journeys from then on; those under way end with the old rules.";
  case MOT_CHANGE_OF_MOT: return "Nobody judges it from then on; moments that are open are decided by the old rules alone.";
  case MOT_CHANGE_OF_EVENT:
    return change->clause[0] ? "It is passed over in the data from then on." : "Such events are passed over from then on.";
  case MOT_CHANGE_OF_METRIC: return "Nobody counts it from then on.";
  case MOT_CHANGE_OF_GOAL: return "Nobody scores it from then on.";
  default: return "Nothing was decided by it alone.";
  }
}

static const char *of_changed(const mot_change *change)
{
  const char *others = of_others(change);
  if (!others) others = of_goal(change);
  if (others) return others;
  return sentence(change->kind == MOT_CHANGE_BOUND ? bounds : conditions, change->clause);
}

const char *change_words(const mot_change *change, bool same)
{
  switch (change->kind) {
  case MOT_CHANGE_TEXT:
    if (same) return "It means the same in other words; the evidence in records may be worded otherwise.";
    return sentence(texts, change->clause);
  case MOT_CHANGE_KEY:
    return "Journeys begin anew: none of the new rules goes on where one of the old rules is, and what is open there "
           "is decided by the old rules alone.";
  case MOT_CHANGE_NEW: return of_new(change);
  case MOT_CHANGE_GONE: return of_gone(change);
  default: return of_changed(change);
  }
}
