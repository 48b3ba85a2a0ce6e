/*
 * model.c - shares of what is demanded.
 */
#include "cli/coverage/model.h"

bool demand_counts(const Demand *demand)
{
  return demand->kind < DEMAND_RAISED;
}

static void add_share(Share *share, Share more)
{
  share->reached += more.reached;
  share->demanded += more.demanded;
}

Share share_of(const Subject *subject)
{
  Share share = {0, 0};
  for (size_t i = 0; i < subject->count; i++) {
    if (!demand_counts(&subject->demands[i])) continue;
    share.demanded++;
    share.reached += subject->demands[i].hits > 0;
  }
  return share;
}

Share share_of_text(const Coverage *coverage, size_t text)
{
  Share share = {0, 0};
  for (size_t i = 0; i < coverage->subject_count; i++)
    if (coverage->subjects[i].text == text) add_share(&share, share_of(&coverage->subjects[i]));
  return share;
}

Share share_of_all(const Coverage *coverage)
{
  Share share = {0, 0};
  for (size_t i = 0; i < coverage->subject_count; i++) add_share(&share, share_of(&coverage->subjects[i]));
  return share;
}

double share_percent(Share share)
{
  return share.demanded == 0 ? 100 : 100.0 * (double)share.reached / (double)share.demanded;
}

const char *share_shown(Share share, char ret[40])
{
  uint64_t thousandths = share.demanded == 0 ? 1000 : share.reached * 1000 / share.demanded;
  snprintf(ret, 40, "%llu.%llu %%", (unsigned long long)(thousandths / 10), (unsigned long long)(thousandths % 10));
  return ret;
}
