/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Undoes the chunked transfer coding (RFC 9112 7.1) of a request, across any split of the bytes.
 * Pure. Extensions and trailers are skipped, within limits. Lines end in CR LF and nothing else: here
 * the RFC leaves no choice, and another reading would find other chunks. */

typedef struct
{
  guint state;
  guint64 left; /* of the chunk's data, or the size read so far */
  guint n_digits;
  guint n_skipped; /* bytes of extensions and trailers */
} JumpChunkDecoder;

typedef enum
{
  JUMP_CHUNKS_GO_ON,
  JUMP_CHUNKS_END, /* the last chunk and its trailer are over */
  JUMP_CHUNKS_BROKEN,
} JumpChunkStep;

/* Zero-initialise @self. Takes bytes until it hands out data: @out_data, @out_length: (out): a piece of @data, perhaps empty.
 * @out_used: (out): how much of @data was taken. Call again with the rest. */
JumpChunkStep jump_chunk_decoder_take (JumpChunkDecoder *self,
                                       const char *data,
                                       gsize length,
                                       gsize *out_used,
                                       const char **out_data,
                                       gsize *out_length);
