/*
 * library.h - the texts of the standard library, built into the compiler.
 *
 * The array is generated at build time from stdlib/ (stdlib/embed.sh).
 */
#ifndef MOT_BASE_LIBRARY_H
#define MOT_BASE_LIBRARY_H

#include <stdint.h>

typedef struct LibraryFile {
  const char *path; /* as `use std.contact` finds it: "std/contact.mot" */
  const char *text; /* NUL-terminated */
  uint32_t len;
} LibraryFile;

/* Ordered by path (bytes). */
extern const LibraryFile library_files[];
extern const uint32_t library_file_count;

#endif
