/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Reads HTTP/1.1 replies from whatever pieces arrive: with Content-Length, chunked, or until the
 * end. Only what a load generator needs; trusts the programs under test. */

typedef enum
{
  READER_HEAD,
  READER_LENGTH,     /* a body of known length */
  READER_CHUNK_SIZE, /* the line before a chunk */
  READER_CHUNK_DATA,
  READER_CHUNK_END, /* CRLF behind a chunk */
  READER_TRAILER,
  READER_DONE,
} ReaderState;

typedef struct
{
  ReaderState state;
  GString *line; /* (owned) a head or line that is not complete */
  guint64 left;  /* bytes of the body or chunk still to come */
  guint status;
} HttpReader;

typedef void (*HttpReaderFunc) (const char *data, gsize length, gpointer user_data);

void http_reader_init (HttpReader *self);
void http_reader_clear (HttpReader *self);
/* Forgets the last reply. */
void http_reader_reset (HttpReader *self);
/* Gives the body in @data to @func. Returns: FALSE for something that is not HTTP. */
gboolean http_reader_feed (HttpReader *self,
                           const char *data,
                           gsize length,
                           HttpReaderFunc func,
                           gpointer user_data);
