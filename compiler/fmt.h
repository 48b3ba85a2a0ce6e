/*
 * fmt.h - the one canonical layout of a file.
 */
#ifndef MOT_COMPILER_FMT_H
#define MOT_COMPILER_FMT_H

#include <stdbool.h>

#include "base/buf.h"
#include "grammar/parse.h"

/* Appends the file in its canonical layout to `out`: the same tokens and
 * comments in the same order, with other white space.  False, and nothing
 * appended, if the file has errors of syntax; then in->diags says so. */
bool fmt_text(const ParseInput *in, uint32_t file, Buf *out);

#endif
