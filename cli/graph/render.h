/*
 * render.h - the ways to write a picture.
 */
#ifndef MOT_CLI_GRAPH_RENDER_H
#define MOT_CLI_GRAPH_RENDER_H

#include <stdio.h>

#include "cli/graph/picture.h"

/* For Graphviz' `dot`. */
void render_dot(const Picture *picture, FILE *out);
/* For Mermaid, as code hosts show it in Markdown. */
void render_mermaid(const Picture *picture, FILE *out);
/* Laid out by Graphviz, whose library is loaded then.  False after saying why not. */
bool render_svg(const Picture *picture, FILE *out);

/* `text` in rows of at most `most` columns, broken at blanks where there are some: calls until it is false.
 * *at starts as the text; the row is the `length` bytes from `from`. */
bool next_row(const char **at, size_t most, const char **ret_from, size_t *ret_length);

#endif
