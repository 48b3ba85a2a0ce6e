/*
 * vm_value.h - what functions compute with and how they end.
 */
#ifndef MOT_RUNTIME_VM_VALUE_H
#define MOT_RUNTIME_VM_VALUE_H

#include <stdint.h>

typedef struct VmText {
  const char *text;
  uint64_t len;
} VmText;

typedef union VmValue {
  int64_t i;      /* also bool (0 or 1), verdict */
  double f;
  VmText s;       /* looks into the event, a record or the module; good until the next function runs */
} VmValue;

typedef enum VmStatus {
  VM_DONE,        /* the result is in *ret */
  VM_MISSING,     /* the result is missing */
  VM_OPENS,       /* OPEN: the choice of the scene's MOT is ret->i */
  VM_FAULT
} VmStatus;

#endif
