/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Two sockets connected to each other, without waiting, on every system. */

void stream_pair_make (int fds[2]);
gssize stream_pair_read (int fd, char *buffer, gsize length);
gssize stream_pair_write (int fd, const char *data, gsize length);
void stream_pair_end_writing (int fd);
void stream_pair_close (int fd);
