/*
 * rules.h - a rule file named on the command line, compiled; or a module read.
 */
#ifndef MOT_CLI_RULES_H
#define MOT_CLI_RULES_H

#include "cli/file.h"
#include "cli/args.h"
#include "mot/mot.h"

enum { RULES_MOST = 64 << 20, MODULE_MOST = 256 << 20 };

/* Compiles `path` ("-": standard input) with --lib.  MOT_OK and MOT_REJECTED give a
 * compilation; anything else was said on standard error. */
mot_status rules_compile(const Args *args, const char *path, bool check_only, mot_compilation **ret_compilation);

/* The directories of --lib, an array from malloc; NULL: there is no memory. */
const char **rules_library_dirs(const Args *args, size_t *ret_count);

/* The bytes of a module file, or of what a rule file compiles to. */
typedef struct ModuleBytes {
  const void *bytes;
  size_t size;
  FileText file;
  mot_compilation *compilation;
} ModuleBytes;

/* EXIT_FINE, or an exit code after saying why not. */
int module_open(const Args *args, const char *path, ModuleBytes *ret_module);
void module_close(ModuleBytes *module);
/* The same of the first operand, and its rules made ready to run; both are to be given back in any case. */
int rules_open(const Args *args, ModuleBytes *ret_module, mot_rules **ret_rules);
/* Prints a compilation's findings on standard error. */
void rules_complain(const Args *args, const char *path, mot_compilation *compilation);

#endif
