/*
 * buf.h - a growing run of bytes in an arena: text to print, sections to write.
 */
#ifndef MOT_BASE_BUF_H
#define MOT_BASE_BUF_H

#include "base/mem.h"

typedef struct Buf {
  Arena *arena;
  char *data; /* NUL-terminated after every call below, once anything was put */
  size_t len, cap;
} Buf;

void buf_init(Buf *buf, Arena *arena);
/* Room for exactly `more` bytes, where the size is known beforehand. */
void buf_reserve(Buf *buf, size_t more);
void buf_put(Buf *buf, const void *bytes, size_t len);
void buf_char(Buf *buf, char c);
void buf_text(Buf *buf, const char *text);
void buf_fill(Buf *buf, char c, size_t count);
void buf_printf(Buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Little-endian integers, for the module. */
void buf_u8(Buf *buf, uint8_t v);
void buf_u16(Buf *buf, uint16_t v);
void buf_u32(Buf *buf, uint32_t v);
void buf_u64(Buf *buf, uint64_t v);
/* Zero bytes up to a multiple of `align`. */
void buf_align(Buf *buf, size_t align);

#endif
