/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/activation.h"

/* No service manager there hands over sockets. */

JumpActivation *
jump_activation_take (void)
{
  char *nothing[] = { NULL };

  return jump_activation_new (nothing, 0);
}

void
jump_activation_restore (const JumpActivation *self)
{
}
