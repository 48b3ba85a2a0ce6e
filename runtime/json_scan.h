/*
 * json_scan.h - the C face of the SIMD library: where the tokens of JSON text begin; and doubles as text.
 *
 * Whatever instruction set the processor has best is chosen by the library when it runs.
 */
#ifndef MOT_RUNTIME_JSON_SCAN_H
#define MOT_RUNTIME_JSON_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct JsonScan JsonScan;

/* Bytes that the scanner may read behind a text. */
enum { JSON_SCAN_SPARE = 64 };

/* NULL when there is no memory. */
JsonScan *json_scan_new(void);
void json_scan_free(JsonScan *scan);

typedef enum JsonScanResult { JSON_SCAN_OK, JSON_SCAN_BAD, JSON_SCAN_NO_MEMORY } JsonScanResult;

/*
 * Finds the tokens of `size` bytes (less than 4 GiB) at `text`: *ret_tokens is the place of each of
 * { } [ ] : , outside of texts, of each opening quote, and of the first byte of everything else but blanks;
 * behind the last stands `size`.  They live until the next call.  BAD: not UTF-8, a control character within
 * a text, a text that does not end, or nothing but blanks.
 */
JsonScanResult json_scan(JsonScan *scan, const char *text, size_t size,
                         const uint32_t **ret_tokens, uint32_t *ret_count);

bool utf8_sound(const char *text, size_t size);

/* A decimal (no sign but '-', no blanks) as the nearest double.  False: it is too large, or none. */
bool double_read(const char *text, size_t len, double *ret);

/* A finite double in the shortest form that reads back as it, "-d.ddde-dd": at most 32 bytes; how many. */
enum { DOUBLE_TEXT_MAX = 32 };
size_t double_write(double value, char text[DOUBLE_TEXT_MAX]);

#ifdef __cplusplus
}
#endif

#endif
