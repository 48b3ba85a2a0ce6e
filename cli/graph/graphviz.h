/*
 * graphviz.h - the library of Graphviz, loaded when it is needed, in a process of its own: what it says on
 * standard error is nobody's business, it keeps what it takes until the end, and a picture is not worth that
 * the command crashes.
 */
#ifndef MOT_CLI_GRAPH_GRAPHVIZ_H
#define MOT_CLI_GRAPH_GRAPHVIZ_H

#include <stdbool.h>
#include <stddef.h>

/* Lays out graphs in Graphviz' language: *ret_json has a text for each, with NUL behind it; from malloc.
 * False after saying why not. */
bool graphviz_layout(char *const *graphs, size_t count, char **ret_json, size_t *ret_size);

#endif
