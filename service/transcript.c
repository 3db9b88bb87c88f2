/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/transcript.h"

GPtrArray *
jump_transcript_new (const JumpExchangeRecord *record)
{
  return g_ptr_array_new ();
}
