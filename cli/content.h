/*
 * content.h - what a source of events holds: lines of JSON, or CSV.
 */
#ifndef MOT_CLI_CONTENT_H
#define MOT_CLI_CONTENT_H

#include "mot/mot.h"

typedef enum Content { CONTENT_AUTO, CONTENT_NDJSON, CONTENT_CSV } Content;

/* By the first byte that is not blank, unless `content` says it; false after saying that it is neither. */
bool content_found(Content content, const char *path, const char *bytes, size_t size, mot_format *ret_format);

#endif
