/*
 * interrupt.h - Ctrl-C and a polite kill: noted, so that a command can end in order.
 */
#ifndef MOT_CLI_INTERRUPT_H
#define MOT_CLI_INTERRUPT_H

#include <stdbool.h>

enum { EXIT_INTERRUPTED = 130 };

/* From now on the first SIGINT and the first SIGTERM are only noted; one more of them ends the program. */
void interrupt_watch(void);
/* Whether a signal was noted. */
bool interrupt_noted(void);
/* Waits until a signal is noted, then true at once and ever after, or until a read of `fd` would not wait. */
bool interrupt_or_input(int fd);

#endif
