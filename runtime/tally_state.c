#include "runtime/tally_state.h"
void tally_save(const Tally *t, TallyKind k, StateOut *o) { (void)k; state_put_bytes(o,t,sizeof *t); }
bool tally_load(Tally *t, Mem *m, TallyKind k, StateIn *in) { (void)m;(void)k; const void *p=state_get_bytes(in,sizeof *t); if(p) __builtin_memcpy(t,p,sizeof *t); return p; }
