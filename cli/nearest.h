/*
 * nearest.h - "did you mean" for what is typed on the command line.
 */
#ifndef MOT_CLI_NEAREST_H
#define MOT_CLI_NEAREST_H

/* The command or the code nearest to a word; NULL when none is near. */
const char *nearest_command(const char *word);
const char *nearest_code(const char *word);

#endif
