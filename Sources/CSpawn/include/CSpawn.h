#ifndef HOOKLOG_CSPAWN_H
#define HOOKLOG_CSPAWN_H

#include <sys/types.h>

/// Starts the program that `argv` begins with, in the directory `/` and in a session of its own, with default signals,
/// an empty signal mask and no descriptor of the caller but `input` (as its standard input) and `output` (as its
/// standard output and error).
///
/// Returns 0 and the child's id in `pid`, or the number of the error. The child's id is its session's and group's, too.
int hooklog_spawn_session(
    pid_t *pid,
    char *const argv[],
    char *const envp[],
    int input,
    int output
);

#endif
