/*
 * markup.h - text put where another language has its own signs: XML, JSON, workflow commands.
 */
#ifndef MOT_CLI_MARKUP_H
#define MOT_CLI_MARKUP_H

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

/* As content or as the value of an attribute of XML 1.0; line feeds and tabs come through in both.  What XML
 * cannot hold (control characters, bytes that are no UTF-8) becomes U+FFFD. */
void markup_xml(const char *text, FILE *out);
/* As the message, or the value of a property, of a GitHub workflow command. */
void markup_command(const char *text, bool property, FILE *out);
/* A JSON string; bytes that are no UTF-8, as names of files may have, become U+FFFD.  NULL: there is no
 * memory. */
json_t *markup_json(const char *text);

#endif
