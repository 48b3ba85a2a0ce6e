/*
 * input.h - bytes of a source as they come, cut anywhere: collected to blocks of whole lines.
 */
#ifndef MOT_RUNTIME_INPUT_H
#define MOT_RUNTIME_INPUT_H

#include "runtime/run.h"

void input_init(Input *input, unsigned threads, const mot_run_options *options);
void input_free(mot_run *run);

/* The next bytes of the source. */
void input_feed(mot_run *run, const char *bytes, size_t size);
/* Decodes and evaluates the whole lines that wait. */
void input_drain(mot_run *run);
/* Reads the header of a CSV source, of which `text` begins with it; false: it is none. */
bool input_header(mot_run *run, const char *text, size_t size);
/* The source ends: its last line needs no end. */
void input_end(mot_run *run);
void input_begin(mot_run *run, const char *name, mot_format format);

#endif
