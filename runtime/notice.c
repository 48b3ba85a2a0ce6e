/* notice.c - events that name what is active under an id: an alert, a correction. */
#include "runtime/acts.h"
#include "runtime/trace.h"

/* An event that names something of the journey at hand. */
static void hear(Engine *engine)
{
  const Scene *scene = &engine->scene;
  engine->counts.heard++;
  if (scene->trace) trace_event(scene, scene->key, scene->key_len, 1);
}

static void acknowledged(Engine *engine, ActId id)
{
  Handle alert = act_find(engine, ACT_ALERT, id);
  if (!alert) return;
  engine_enter(engine, alert_at(engine, alert)->journey);
  hear(engine);
  alert_acknowledge(engine, alert);
}

static void done(Engine *engine, ActId id)
{
  Handle correction = act_find(engine, ACT_CORRECTION, id);
  if (!correction) return;
  engine_enter(engine, moment_at(engine, correction)->journey);
  hear(engine);
  bool waits = moment_enter(engine, correction) && !engine->scene.subject.condition;
  if (waits) correction_close(engine, correction, ACT_DONE, CAUSE_NONE);
}

void notice_hears(Engine *engine, const EventData *event, const RouteFacts *facts)
{
  EventText text;
  memcpy(&text, (const uint8_t *)event + facts->key_at, sizeof text);
  ActId id = {event_text(event, text), text.len};
  engine->scene.event = event;
  engine->scene.outcome = NULL;
  if (event->event == engine->plan->acknowledged)
    acknowledged(engine, id);
  else
    done(engine, id);
}
