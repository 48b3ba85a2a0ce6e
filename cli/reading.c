/*
 * reading.c - see reading.h.
 */
#include "cli/reading.h"

#include "cli/file.h"
#include "cli/input.h"
#include "cli/say.h"

bool reading_fine(const Reading *reading, mot_status status)
{
  if (status == MOT_OK) return true;
  say("%s", mot_run_error(reading->run));
  return false;
}

static bool begin(const Reading *reading, const char *path, const char *bytes, size_t size)
{
  mot_format format = MOT_NDJSON;
  return content_found(reading->content, path, bytes, size, &format) &&
    reading_fine(reading, mot_run_source(reading->run, file_shown(path), format));
}

static bool read_source(const Reading *reading, const char *path)
{
  Input input;
  const char *bytes;
  size_t size;
  bool begun = false, fine = true;
  InputStatus status = INPUT_BROKEN;
  if (input_open(&input, path, reading->threads ? INPUT_BLOCK_THREADS : INPUT_BLOCK, reading->threads))
    while (fine && (status = input_next(&input, &bytes, &size)) == INPUT_BYTES) {
      if (!begun) fine = begin(reading, path, bytes, size);
      begun = true;
      fine = fine && reading_fine(reading, mot_run_feed(reading->run, bytes, size)) && reading->take(reading->user);
    }
  input_close(&input);
  return fine && status == INPUT_END;
}

bool reading_sources(const Reading *reading, const Sources *sources)
{
  for (size_t i = 0; i < sources->count; i++)
    if (!read_source(reading, sources->paths[i])) return false;
  return true;
}
