/*
 * page.c - see page.h.
 */
#include "report/page.h"

RenderStatus page_render(const Review *review, const RenderOptions *options, RenderSink sink, PageFill fill)
{
  Mem mem;
  Arena arena;
  Buf page;
  jmp_buf oom;
  mem_init(&mem, NULL, NULL);
  arena_init(&arena, &mem);
  mem.oom = &oom;
  if (setjmp(oom)) {
    arena_free(&arena);
    return RENDER_NO_MEMORY;
  }
  buf_init(&page, &arena);
  fill(&page, review, options);
  bool done = page.len == 0 || sink.put(sink.user, page.data, page.len);
  arena_free(&arena);
  return done ? RENDER_DONE : RENDER_REFUSED;
}
