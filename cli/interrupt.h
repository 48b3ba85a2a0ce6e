/*
 * interrupt.h - Ctrl-C and a polite kill: noted, so that a command can end in order.
 */
#ifndef MOT_CLI_INTERRUPT_H
#define MOT_CLI_INTERRUPT_H

#include <stdbool.h>

enum { EXIT_INTERRUPTED = 130 };

/* From now on the first SIGINT or SIGTERM is only noted and ends a blocking read; a second one ends the program. */
void interrupt_watch(void);
bool interrupted(void);

#endif
