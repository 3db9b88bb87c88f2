/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/net/poller.h"

#include <curl/curl.h>

/* libcurl's sockets on the poller. A connection that rests between two requests stays registered,
 * so that to use it again costs no system call. Private to the HTTP client. */

typedef struct _JumpSocketTable JumpSocketTable;

/* @what: CURL_CSELECT_* bits for curl_multi_socket_action(). */
typedef void (*JumpSocketReadyFunc) (curl_socket_t fd, int what, gpointer user_data);

JumpSocketTable *jump_socket_table_new (JumpPoller *poller,
                                        CURLM *multi,
                                        JumpSocketReadyFunc on_ready,
                                        gpointer user_data);
void jump_socket_table_free (JumpSocketTable *self);
curl_socket_t
jump_socket_table_open (void *self, curlsocktype purpose, struct curl_sockaddr *address);
int jump_socket_table_close (void *self, curl_socket_t fd);
