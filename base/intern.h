/*
 * intern.h - equal texts get one number, so that names compare as integers.
 */
#ifndef MOT_BASE_INTERN_H
#define MOT_BASE_INTERN_H

#include "base/mem.h"

typedef uint32_t Sym; /* 0: none */

typedef struct Interner Interner;

Interner *intern_new(Arena *arena);
Sym intern(Interner *in, const char *text, size_t len);
/* Like intern, for a text that ends in NUL and lives as long as the interner: it is not copied. */
Sym intern_kept(Interner *in, const char *text, size_t len);
Sym intern_z(Interner *in, const char *text);
/* NUL-terminated; "" for 0.  Lives as long as the interner's arena. */
const char *sym_text(const Interner *in, Sym sym);
size_t sym_len(const Interner *in, Sym sym);
/* How many are interned: symbols are 1 … count. */
uint32_t intern_count(const Interner *in);

#endif
