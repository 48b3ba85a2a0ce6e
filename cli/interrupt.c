/*
 * interrupt.c - see interrupt.h.
 */
#include "cli/interrupt.h"

#include <signal.h>
#include <stddef.h>

static volatile sig_atomic_t noted; /* a signal handler reaches nothing else */

static void note(int signal_number)
{
  (void)signal_number;
  noted = 1;
}

void interrupt_watch(void)
{
  struct sigaction action = {.sa_handler = note, .sa_flags = (int)SA_RESETHAND};
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
}

bool interrupted(void)
{
  return noted != 0;
}
