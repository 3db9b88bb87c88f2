/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/unit/stream-pair.h"

#ifdef G_OS_WIN32
#include <winsock2.h>
#else
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

#ifdef G_OS_WIN32

void
stream_pair_make (int fds[2])
{
  struct sockaddr_in address = { .sin_family = AF_INET };
  int length = sizeof address;
  u_long is_nonblocking = 1;
  WSADATA facts;
  SOCKET door;
  SOCKET accepted;
  SOCKET caller;

  g_assert_cmpint (WSAStartup (MAKEWORD (2, 2), &facts), ==, 0);
  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  door = socket (AF_INET, SOCK_STREAM, 0);
  caller = socket (AF_INET, SOCK_STREAM, 0);
  g_assert_cmpint (bind (door, (struct sockaddr *) &address, sizeof address), ==, 0);
  g_assert_cmpint (listen (door, 1), ==, 0);
  g_assert_cmpint (getsockname (door, (struct sockaddr *) &address, &length), ==, 0);
  g_assert_cmpint (connect (caller, (struct sockaddr *) &address, sizeof address), ==, 0);
  accepted = accept (door, NULL, NULL);
  g_assert_true (accepted != INVALID_SOCKET);
  closesocket (door);
  g_assert_cmpint (ioctlsocket (accepted, FIONBIO, &is_nonblocking), ==, 0);
  g_assert_cmpint (ioctlsocket (caller, FIONBIO, &is_nonblocking), ==, 0);
  fds[0] = (int) accepted;
  fds[1] = (int) caller;
}

gssize
stream_pair_read (int fd, char *buffer, gsize length)
{
  return recv ((SOCKET) fd, buffer, (int) length, 0);
}

gssize
stream_pair_write (int fd, const char *data, gsize length)
{
  return send ((SOCKET) fd, data, (int) length, 0);
}

void
stream_pair_end_writing (int fd)
{
  shutdown ((SOCKET) fd, SD_SEND);
}

void
stream_pair_close (int fd)
{
  closesocket ((SOCKET) fd);
}

#else

void
stream_pair_make (int fds[2])
{
  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM, 0, fds), ==, 0);
  g_assert_cmpint (fcntl (fds[0], F_SETFL, O_NONBLOCK), ==, 0);
  g_assert_cmpint (fcntl (fds[1], F_SETFL, O_NONBLOCK), ==, 0);
}

gssize
stream_pair_read (int fd, char *buffer, gsize length)
{
  return read (fd, buffer, length);
}

gssize
stream_pair_write (int fd, const char *data, gsize length)
{
  return write (fd, data, length);
}

void
stream_pair_end_writing (int fd)
{
  shutdown (fd, SHUT_WR);
}

void
stream_pair_close (int fd)
{
  close (fd);
}

#endif
