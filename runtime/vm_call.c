/*
 * vm_call.c - the built-in functions of builtins.def.
 */
#include "runtime/vm_ops.h"

bool vm_call(const Plan *plan, Builtin builtin, uint32_t carried, const VmValue *args, int64_t *ret)
{
  int64_t t = args[0].i;
  switch (builtin) {
  case BUILTIN_START_OF_DAY: return start_of_day(plan->zones[carried], t, ret);
  case BUILTIN_END_OF_DAY: return end_of_day(plan->zones[carried], t, ret);
  case BUILTIN_ADD_DAYS: return add_days(plan->zones[carried], t, args[1].i, ret);
  case BUILTIN_NEXT_OPEN: return next_open(&plan->calendars[carried], t, ret);
  case BUILTIN_ADD_OPEN: return args[1].i > 0 && add_open(&plan->calendars[carried], t, args[1].i, ret);
  case BUILTIN_ADD_OPEN_DAYS: return add_open_days(&plan->calendars[carried], t, args[1].i, ret);
  default: return false;
  }
}
