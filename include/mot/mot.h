/*
 * mot.h - libmot, Moments of Truth as code: the library's one public header.
 *
 * This part is the compiler: rule text in, findings and a module out.
 *
 *     mot_compilation *c;
 *     if (mot_compile_file("rules.mot", NULL, &c, NULL) == MOT_OK) {
 *       size_t size;
 *       const void *module = mot_module(c, &size);
 *       …
 *     }
 *     mot_compilation_free(c);
 *
 * Rules that hold for all of it:
 *   - No global state: objects of different calls may be used in different
 *     threads at once, one object in one thread at a time.
 *   - Nothing is printed and nothing exits.
 *   - `ret_` parameters are untouched on failure, but for the compilation of
 *     MOT_REJECTED, which holds the findings.
 *   - Texts are UTF-8, end with NUL, and belong to the object they came from.
 *   - Functions named _free take NULL.
 */
#ifndef MOT_MOT_H
#define MOT_MOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define MOT_API __attribute__((visibility("default")))
#else
#define MOT_API
#endif

#define MOT_VERSION_MAJOR 0
#define MOT_VERSION_MINOR 1
#define MOT_VERSION_PATCH 0

#ifdef __cplusplus
extern "C" {
#endif

typedef enum mot_status {
  MOT_OK = 0,
  MOT_REJECTED,  /* the rules have errors: see the findings */
  MOT_INVALID,   /* a module that is none, or was changed: see mot_error */
  MOT_IO,        /* a file could not be read: see mot_error */
  MOT_NO_MEMORY  /* the allocator refused */
} mot_status;

/* Why a call failed, in words with a remedy; empty after MOT_OK and MOT_REJECTED. */
typedef struct mot_error {
  char text[512];
} mot_error;

/* Where memory comes from: as realloc, with the old size.  `size` 0 frees and
 * returns NULL; a return of NULL otherwise is a refusal, after which `ptr` is as
 * it was.  Memory must be aligned as malloc aligns it. */
typedef struct mot_allocator {
  void *(*resize)(void *user, void *ptr, size_t old_size, size_t size);
  void *user;
} mot_allocator;

typedef struct mot_compile_options {
  const mot_allocator *allocator;       /* NULL: the C library's; must outlive the compilation */
  const char *const *library_dirs;      /* where `use a.b` looks after the folder of the file */
  size_t library_dir_count;
  bool check_only;                      /* findings, no module */
} mot_compile_options;

/* "0.1.0", and the optional parts built in, apart by spaces ("" for none). */
MOT_API const char *mot_version(void);
MOT_API const char *mot_features(void);

/* ---- compile ---------------------------------------------------------------- */

typedef struct mot_compilation mot_compilation;

/* Checks the rule file at `path` with all it uses and makes its module.
 * options: NULL for the defaults; error: NULL if not wanted.
 * MOT_OK: *ret_compilation has a module (unless check_only) and perhaps warnings;
 * MOT_REJECTED: it has errors.  The caller frees it. */
MOT_API mot_status mot_compile_file(const char *path, const mot_compile_options *options,
                                    mot_compilation **ret_compilation, mot_error *error);
/* The same for `size` bytes of text; `name` stands for the file in findings, and
 * `use` looks beside it. */
MOT_API mot_status mot_compile_text(const char *name, const char *text, size_t size,
                                    const mot_compile_options *options, mot_compilation **ret_compilation,
                                    mot_error *error);
MOT_API void mot_compilation_free(mot_compilation *compilation);

/* The module's bytes, or NULL when there is none; they go with the compilation. */
MOT_API const void *mot_module(const mot_compilation *compilation, size_t *ret_size);
/* Bytes of memory the compilation took at its largest. */
MOT_API size_t mot_compilation_memory(const mot_compilation *compilation);

/* ---- findings --------------------------------------------------------------- */

typedef enum mot_severity { MOT_ERROR, MOT_WARNING } mot_severity;

/* A stretch of text.  Lines and columns count from 1; columns count characters
 * (code points).  The end is one past the last character. */
typedef struct mot_place {
  const char *file;
  uint32_t line, column, end_line, end_column;
  uint32_t offset, length; /* in bytes */
} mot_place;

typedef struct mot_finding {
  const char *code;        /* "E0207" */
  mot_severity severity;
  const char *title;       /* of the code, the same for all its findings */
  const char *message;
  mot_place place;
  const char *help;        /* what to write instead; NULL: nothing to say */
  const char *fix;         /* text that replaces fix_place; NULL: no mechanical fix */
  mot_place fix_place;
  const char *allowed;     /* the reason of the `allow` that silences it; NULL: not silenced */
  size_t notes;            /* further places, see mot_finding_note */
} mot_finding;

typedef struct mot_note {
  const char *message;
  mot_place place;
} mot_note;

/* How many findings there are to look at, silenced ones included.  Past a
 * thousand errors or warnings the rest are only counted. */
MOT_API size_t mot_finding_count(const mot_compilation *compilation);
/* Finding `index`, in order of file and place; false when there is none. */
MOT_API bool mot_finding_get(mot_compilation *compilation, size_t index, mot_finding *ret_finding);
MOT_API bool mot_finding_note(mot_compilation *compilation, size_t index, size_t note, mot_note *ret_note);
/* All errors and warnings, those only counted too; silenced ones do not count. */
MOT_API size_t mot_error_count(const mot_compilation *compilation);
MOT_API size_t mot_warning_count(const mot_compilation *compilation);
/* Line `line` of a file of the compilation, not ended by NUL; NULL when there is none. */
MOT_API const char *mot_source_line(mot_compilation *compilation, const char *file, uint32_t line,
                                    size_t *ret_length);

/* What a code means. */
typedef struct mot_explanation {
  const char *code;
  mot_severity severity;
  const char *title, *cause, *wrong, *right;
} mot_explanation;

/* False when there is no such code. */
MOT_API bool mot_explain(const char *code, mot_explanation *ret_explanation);
/* Explanation `index` of all, in order; false past the last. */
MOT_API bool mot_explanation_at(size_t index, mot_explanation *ret_explanation);

/* ---- format ----------------------------------------------------------------- */

/* Lays out rule text in the one canonical way.  MOT_OK: *ret_text has *ret_size
 * bytes and belongs to *ret_compilation.  MOT_REJECTED: the text has syntax
 * errors, which are findings of *ret_compilation. */
MOT_API mot_status mot_format_text(const char *name, const char *text, size_t size,
                                   const mot_compile_options *options, mot_compilation **ret_compilation,
                                   const char **ret_text, size_t *ret_size, mot_error *error);

/* ---- modules ---------------------------------------------------------------- */

typedef struct mot_listing mot_listing;

/* The listing of a module, after verifying it.  The caller frees it. */
MOT_API mot_status mot_disassemble(const void *module, size_t size, const mot_allocator *allocator,
                                   mot_listing **ret_listing, mot_error *error);
MOT_API const char *mot_listing_text(const mot_listing *listing, size_t *ret_size);
MOT_API void mot_listing_free(mot_listing *listing);

/* ---- cost ------------------------------------------------------------------- */

typedef struct mot_cost mot_cost;

typedef struct mot_experience_cost {
  const char *name;
  uint32_t journey_bytes;            /* per live journey, open moments apart */
  uint32_t handlers;                 /* kinds of events and outcomes it answers to */
  uint64_t instructions;             /* at most, an event and journey */
  uint64_t instructions_per_moment;  /* at most, for each open moment on top */
  size_t mots;
} mot_experience_cost;

typedef struct mot_mot_cost {
  const char *name;
  uint32_t moment_bytes;             /* per open moment */
  bool single;                       /* at most one is open in a journey */
} mot_mot_cost;

/* What a module costs to run.  The caller frees it. */
MOT_API mot_status mot_cost_of(const void *module, size_t size, const mot_allocator *allocator,
                               mot_cost **ret_cost, mot_error *error);
MOT_API size_t mot_cost_experiences(const mot_cost *cost);
MOT_API bool mot_cost_experience(const mot_cost *cost, size_t experience, mot_experience_cost *ret_cost);
MOT_API bool mot_cost_mot(const mot_cost *cost, size_t experience, size_t mot, mot_mot_cost *ret_cost);
MOT_API void mot_cost_free(mot_cost *cost);

#ifdef __cplusplus
}
#endif

#endif
