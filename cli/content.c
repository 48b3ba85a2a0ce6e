/*
 * content.c - see content.h.
 */
#include "cli/content.h"

#include <ctype.h>
#include <string.h>

#include "cli/file.h"
#include "cli/say.h"

/* Windows programs write it; of JSON the first byte tells it even without a mark. */
static bool is_utf16(const char *bytes, size_t size)
{
  if (size < 2) return false;
  return memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0 || memcmp(bytes, "{", 2) == 0;
}

static bool say_utf16(const char *path)
{
  bool piped = strcmp(path, "-") == 0;
  say("%s: this is text in UTF-16; events are read in UTF-8", file_shown(path));
  say_more("turn it into that: iconv -f UTF-16 -t UTF-8%s%s | mot run RULES", piped ? "" : " ", piped ? "" : path);
  return false;
}

bool content_found(Content content, const char *path, const char *bytes, size_t size, mot_format *ret_format)
{
  size_t at = size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
  if (is_utf16(bytes, size)) return say_utf16(path);
  while (at < size && isspace((unsigned char)bytes[at])) at++;
  *ret_format = at == size || bytes[at] == '{' ? MOT_NDJSON : MOT_CSV;
  if (content != CONTENT_AUTO) *ret_format = content == CONTENT_CSV ? MOT_CSV : MOT_NDJSON;
  if (*ret_format == MOT_NDJSON || at == size || bytes[at] != '[') return true;
  say("%s: this is one array of JSON; events are objects, one a line", file_shown(path));
  say_more("take it apart: jq -c '.[]'%s%s | mot run RULES", strcmp(path, "-") == 0 ? "" : " ",
           strcmp(path, "-") == 0 ? "" : path);
  return false;
}
