/*
 * say.h - words on standard error, colours, and standard output that may fail.
 */
#ifndef MOT_CLI_SAY_H
#define MOT_CLI_SAY_H

#include <stdbool.h>
#include <stdio.h>

/* "mot: …" on standard error, and a line indented below it. */
void say(const char *format, ...) __attribute__((format(printf, 1, 2)));
void say_more(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* A line without an end stands on the terminal (or no longer): the next words are written over it. */
void say_over_line(bool stands);
/* Says that memory has run out; false. */
bool say_no_memory(void);

/* Whether `stream` gets colours, by --color ("auto", "always", "never"), NO_COLOR and TERM. */
bool wants_color(const char *choice, FILE *stream);

typedef enum Style { STYLE_NONE, STYLE_BOLD, STYLE_ERROR, STYLE_WARNING, STYLE_NOTE, STYLE_HELP, STYLE_DIM } Style;
/* The escape sequence that begins a style, "" without colours; STYLE_NONE ends any. */
const char *style(bool color, Style style);

/* Flushes standard output; false after saying why not (a full disk, a closed
 * file); a reader that went away is no failure. */
bool finish_output(void);

#endif
