#ifndef HOOKLOG_CHEAP_H
#define HOOKLOG_CHEAP_H

/// Has freed memory return to the system, where glibc keeps it: it has an arena for every few threads, and each keeps
/// what large bodies once took in it. Does nothing elsewhere.
///
/// To be called before there are many threads; those that have an arena of their own keep it.
void hooklog_bound_heap(void);

#endif
