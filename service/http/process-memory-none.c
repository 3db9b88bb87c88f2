/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/process-memory.h"

void
jump_process_memory_read (JumpProcessMemory *self)
{
  *self = (JumpProcessMemory){ 0 };
}
