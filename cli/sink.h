/*
 * sink.h - where lines go: standard output or a file, in big pieces.
 */
#ifndef MOT_CLI_SINK_H
#define MOT_CLI_SINK_H

#include <stdbool.h>
#include <stddef.h>

typedef enum SinkState {
  SINK_FINE,
  SINK_GONE,   /* its reader went away */
  SINK_FAILED  /* said on standard error */
} SinkState;

typedef struct Sink {
  const char *path;  /* "-": standard output; NULL: none, what is put is dropped */
  int fd;
  bool prompt;       /* somebody waits for each line */
  SinkState state;
  char *buffer;
  size_t used;
} Sink;

/* Makes the file anew.  False after saying why not.  `sink` can be closed in any case. */
bool sink_open(Sink *sink, const char *path);
/* False when nothing more can be written. */
bool sink_put(Sink *sink, const char *bytes, size_t size);
bool sink_flush(Sink *sink);
/* Writes the rest; false if anything of it all was not written. */
bool sink_close(Sink *sink);

#endif
