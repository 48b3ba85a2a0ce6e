#include "base/buf.h"

#include <stdio.h>
#include <string.h>

void buf_init(Buf *buf, Arena *arena)
{
  *buf = (Buf){.arena = arena};
}

/* Room for `more` bytes and the NUL behind them. */
static void make_room(Buf *buf, size_t more)
{
  if (more < buf->cap - buf->len) return;
  if (more > PTRDIFF_MAX / 4) mem_fail(buf->arena->mem);
  size_t cap = buf->cap < 64 ? 64 : buf->cap;
  while (cap - buf->len <= more) cap *= 2;
  buf->data = arena_grow(buf->arena, buf->data, buf->cap, cap);
  buf->cap = cap;
}

void buf_reserve(Buf *buf, size_t more)
{
  if (more < buf->cap - buf->len) return;
  if (more > PTRDIFF_MAX / 4) mem_fail(buf->arena->mem);
  size_t cap = buf->len + more + 1;
  buf->data = arena_grow(buf->arena, buf->data, buf->cap, cap);
  buf->cap = cap;
}

void buf_put(Buf *buf, const void *bytes, size_t len)
{
  make_room(buf, len);
  if (len != 0) memcpy(buf->data + buf->len, bytes, len);
  buf->len += len;
  buf->data[buf->len] = '\0';
}

void buf_char(Buf *buf, char c)
{
  buf_put(buf, &c, 1);
}

void buf_text(Buf *buf, const char *text)
{
  buf_put(buf, text, strlen(text));
}

void buf_fill(Buf *buf, char c, size_t count)
{
  make_room(buf, count);
  memset(buf->data + buf->len, c, count);
  buf->len += count;
  buf->data[buf->len] = '\0';
}

void buf_printf(Buf *buf, const char *format, ...)
{
  va_list args, again;
  va_start(args, format);
  va_copy(again, args);
  make_room(buf, 64);
  int len = vsnprintf(buf->data + buf->len, buf->cap - buf->len, format, args);
  if (len >= 0 && (size_t)len >= buf->cap - buf->len) {
    make_room(buf, (size_t)len);
    vsnprintf(buf->data + buf->len, buf->cap - buf->len, format, again);
  }
  if (len > 0) buf->len += (size_t)len;
  buf->data[buf->len] = '\0';
  va_end(again);
  va_end(args);
}

static void put_little_endian(Buf *buf, uint64_t v, size_t len)
{
  unsigned char bytes[8];
  for (size_t i = 0; i < len; i++) bytes[i] = (unsigned char)(v >> (8 * i));
  buf_put(buf, bytes, len);
}

void buf_u8(Buf *buf, uint8_t v)
{
  put_little_endian(buf, v, 1);
}

void buf_u16(Buf *buf, uint16_t v)
{
  put_little_endian(buf, v, 2);
}

void buf_u32(Buf *buf, uint32_t v)
{
  put_little_endian(buf, v, 4);
}

void buf_u64(Buf *buf, uint64_t v)
{
  put_little_endian(buf, v, 8);
}

void buf_align(Buf *buf, size_t align)
{
  size_t over = buf->len % align;
  if (over != 0) buf_fill(buf, '\0', align - over);
}
