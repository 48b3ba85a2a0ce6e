/*
 * parsing.h - text to tree in a test.
 */
#ifndef MOT_TESTS_PARSING_H
#define MOT_TESTS_PARSING_H

#include <stdbool.h>

#include "grammar/parse.h"

typedef struct Parsed {
  ParseInput in;
  Sources sources;
  Diags diags;
  uint32_t file;
  AstFile *tree;
  AstList comments;
  LexToken *tokens;
  uint32_t token_count;
} Parsed;

Parsed *parse_bytes(Arena *arena, const char *text, size_t len);
Parsed *parse_z(Arena *arena, const char *text);
/* "E0101:3 E0115:7", the codes with their lines; "" for none. */
const char *codes_said(Arena *arena, Parsed *parsed);
const char *sym_of(const Parsed *parsed, Sym sym);
/* The bytes of a file; fails the test if it cannot be read. */
char *file_bytes(Arena *arena, const char *path, size_t *ret_len);

/* Runs `body` for each .mot file of a folder, with its path; how many there are. */
int each_rule_file(Arena *arena, const char *folder, void (*body)(Arena *arena, const char *path));

#endif
