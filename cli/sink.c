/*
 * sink.c - see sink.h.
 */
#include "cli/sink.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/say.h"

enum { BUFFER = 1 << 16 };

static bool fail(Sink *sink)
{
  if (errno == EPIPE) {
    sink->state = SINK_GONE;
    return false;
  }
  sink->state = SINK_FAILED;
  bool output = strcmp(sink->path, "-") == 0;
  say("%s: %s", output ? "standard output" : sink->path, strerror(errno));
  say_more("what is there is not complete");
  return false;
}

bool sink_open(Sink *sink, const char *path)
{
  *sink = (Sink){.path = path, .fd = -1};
  if (!path) return true;
  sink->buffer = malloc(BUFFER);
  if (!sink->buffer) return say_no_memory();
  sink->fd = strcmp(path, "-") == 0 ? STDOUT_FILENO : open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (sink->fd >= 0) return true;
  say("%s: %s", path, strerror(errno));
  sink->state = SINK_FAILED;
  return false;
}

static bool write_out(Sink *sink, const char *bytes, size_t size)
{
  while (size > 0) {
    ssize_t n = write(sink->fd, bytes, size);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return fail(sink);
    bytes += n;
    size -= (size_t)n;
  }
  return true;
}

bool sink_flush(Sink *sink)
{
  size_t used = sink->used;
  sink->used = 0;
  return sink->state == SINK_FINE && (used == 0 || write_out(sink, sink->buffer, used));
}

bool sink_put(Sink *sink, const char *bytes, size_t size)
{
  if (!sink->path) return true;
  if (sink->state != SINK_FINE) return false;
  if (size > BUFFER - sink->used && !sink_flush(sink)) return false;
  if (size >= BUFFER) return write_out(sink, bytes, size);
  memcpy(sink->buffer + sink->used, bytes, size);
  sink->used += size;
  return !sink->prompt || sink_flush(sink);
}

bool sink_close(Sink *sink)
{
  if (sink->fd >= 0 && sink->state == SINK_FINE) sink_flush(sink);
  if (sink->fd > STDERR_FILENO && close(sink->fd) != 0 && sink->state == SINK_FINE) fail(sink);
  free(sink->buffer);
  sink->buffer = NULL;
  sink->fd = -1;
  return sink->state == SINK_FINE;
}
