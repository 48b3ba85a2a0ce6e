/* strings.h - the texts of a module that is being built, for its writer. */
#ifndef MOT_BYTECODE_STRINGS_H
#define MOT_BYTECODE_STRINGS_H

#include "bytecode/module.h"

typedef struct StringPool StringPool;

/* How many texts there are, the empty one included. */
uint32_t pool_count(const StringPool *pool);
/* Text `number` and its length; lives as long as the builder's arena. */
const char *pool_text(const StringPool *pool, uint32_t number, size_t *len);

#endif
