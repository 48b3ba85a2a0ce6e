/* tables_only.h - reads tables.def for the tables' names alone: define TABLE(N, text) before. */
#define STR(f)
#define REF(f, T)
#define OPT(f, T)
#define RANGE(f, T)
#define FUN(f, K)
#define OPTFUN(f, K)
#define ENUM(f, E)
#define FLAG(f)
#define U32(f)
#define I64(f)
#define F64(f)
#define PAD(f)
#define END(N)
#include "bytecode/tables.def"
#include "bytecode/tables_undef.h"
