/*
 * input.h - bytes of a source as they come, cut anywhere: collected to blocks of whole lines.
 */
#ifndef MOT_RUNTIME_INPUT_H
#define MOT_RUNTIME_INPUT_H

#include "mot/mot.h"
#include "runtime/rejects.h"

typedef struct Input {
  SourceName *source;     /* NULL: none has begun */
  mot_format format;
  Position at;            /* line and offset within the source, arrival within the run */
  bool fresh;             /* nothing of the source was looked at: a byte order mark, a header may come */
  bool unusable;          /* its header is none: the rest is passed over */
  bool skipping;          /* in a line that is too long */
  char *header;           /* of a CSV source, for a saved state */
  size_t header_len, header_room;
  char *buffer;           /* what does not make whole lines yet, or a block */
  size_t len, room;
  size_t block;           /* bytes that are decoded together, about */
  size_t direct;          /* pieces of that size are decoded where they are */
  size_t max_line, batch; /* batch: lines decoded together at most; 0: as many as come */
} Input;

void input_init(Input *input, unsigned threads, const mot_run_options *options);
void input_free(mot_run *run);

/* The next bytes of the source. */
void input_feed(mot_run *run, const char *bytes, size_t size);
/* Decodes and evaluates the whole lines that wait. */
void input_drain(mot_run *run);
/* Reads the header of a CSV source, of which `text` begins with it; false: it is none. */
bool input_header(mot_run *run, const char *text, size_t size);
/* The source ends: its last line needs no end. */
void input_end(mot_run *run);
void input_begin(mot_run *run, const char *name, mot_format format);

#endif
