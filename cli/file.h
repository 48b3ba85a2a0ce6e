/*
 * file.h - whole files in and out.
 */
#ifndef MOT_CLI_FILE_H
#define MOT_CLI_FILE_H

#include <stdbool.h>
#include <stddef.h>

typedef struct FileText {
  char *bytes; /* size bytes, then a NUL; from malloc */
  size_t size;
} FileText;

/* The text of `path` ("-": standard input), at most `most` bytes.  False after saying why not. */
bool file_read(const char *path, size_t most, FileText *ret_text);
/* Replaces `path` as one step: all of it or nothing; keeps its mode.  False after saying why not. */
bool file_replace(const char *path, const void *bytes, size_t size);
/* "-" becomes the name that messages show. */
const char *file_shown(const char *path);

#endif
