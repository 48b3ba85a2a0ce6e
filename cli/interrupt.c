/*
 * interrupt.c - see interrupt.h.  A signal is noted as a byte in a pipe, so that one wait sees both it and
 * input, whenever it comes and whichever thread it meets.
 */
#include "cli/interrupt.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

static int notes[2] = {-1, -1}; /* a signal handler reaches nothing else; no descriptor: nothing is watched */

static void note(int signal_number)
{
  int kept = errno;
  ssize_t written = write(notes[1], "", 1); /* there is room for the two that can come */
  (void)signal_number, (void)written;
  errno = kept;
}

void interrupt_watch(void)
{
  struct sigaction action = {.sa_handler = note, .sa_flags = (int)SA_RESETHAND};
  if (pipe(notes) != 0) return;
  for (int i = 0; i < 2; i++) fcntl(notes[i], F_SETFD, FD_CLOEXEC);
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
}

bool interrupt_noted(void)
{
  struct pollfd noted = {.fd = notes[0], .events = POLLIN};
  return poll(&noted, 1, 0) > 0;
}

bool interrupt_or_input(int fd)
{
  struct pollfd either[] = {{.fd = notes[0], .events = POLLIN}, {.fd = fd, .events = POLLIN}};
  while (poll(either, 2, -1) < 0 && errno == EINTR) {
  }
  return either[0].revents != 0;
}
