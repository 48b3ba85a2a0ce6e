/*
 * lines.h - where lines of JSON and records of CSV begin and end.
 */
#ifndef MOT_RUNTIME_LINES_H
#define MOT_RUNTIME_LINES_H

#include "mot/mot.h"
#include "runtime/decode.h"

/* Bytes of whole lines (records) among `size`; `end`: the source ends here. */
size_t lines_whole(mot_format format, const char *text, size_t size, bool end);
/* Bytes of the first line (record) with its end; all when it has none. */
size_t lines_first(mot_format format, const char *text, size_t size);
/* Whether a line counts for nothing. */
bool lines_blank(const char *line, size_t size);
uint64_t lines_count(const char *text, size_t size);

/* Where the event of a given arrival stands, for one after the other in order of arrival. */
typedef struct LineFinder {
  mot_format format;
  const char *text;
  size_t size;
  Position at;            /* of the line that is looked at next, counted from the text */
} LineFinder;
/* Goes on to the line of event number `arrival`, counted from the text; at->line: from 1. */
Position lines_find(LineFinder *finder, uint64_t arrival);

#endif
