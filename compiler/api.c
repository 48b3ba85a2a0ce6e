/*
 * api.c - what all entries of the library share: memory and errors.
 */
#include "compiler/api.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char *mot_version(void)
{
#define TEXT(x) #x
#define VERSION(a, b, c) TEXT(a) "." TEXT(b) "." TEXT(c)
  return VERSION(MOT_VERSION_MAJOR, MOT_VERSION_MINOR, MOT_VERSION_PATCH);
}

const char *mot_features(void)
{
  return "compiler";
}

void api_mem(Mem *mem, const mot_allocator *allocator)
{
  mem_init(mem, allocator ? allocator->resize : NULL, allocator ? allocator->user : NULL);
}

void *api_new(const mot_allocator *allocator, size_t size)
{
  Mem mem;
  api_mem(&mem, allocator);
  void *object = mem_resize(&mem, NULL, 0, size);
  if (!object) return NULL;
  memset(object, 0, size);
  memcpy(object, &mem, sizeof mem);
  return object;
}

void api_delete(void *object, size_t size)
{
  if (!object) return;
  Mem mem;
  memcpy(&mem, object, sizeof mem);
  mem_resize(&mem, object, size, 0);
}

mot_status api_fail(mot_error *error, mot_status status, const char *format, ...)
{
  if (!error) return status;
  va_list args;
  va_start(args, format);
  vsnprintf(error->text, sizeof error->text, format, args);
  va_end(args);
  return status;
}
