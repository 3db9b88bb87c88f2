/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/keys/sign-up-pace.h"

#include "service/base/error.h"

#define MINUTE_US (60 * G_USEC_PER_SEC)

gboolean
jump_sign_up_pace_take (JumpSignUpPace *self, gint64 now, guint n_pending, GError **error)
{
  guint oldest = 0;

  for (guint i = 1; i < G_N_ELEMENTS (self->stamps); i++)
    {
      if (self->stamps[i] < self->stamps[oldest])
        oldest = i;
    }
  if (self->stamps[oldest] != 0 && now - self->stamps[oldest] < MINUTE_US)
    {
      g_set_error_literal (error,
                           JUMP_ERROR,
                           JUMP_ERROR_RATE_LIMITED,
                           "too many sign-ups; try again in a minute");
      return FALSE;
    }
  self->stamps[oldest] = now;
  if (n_pending < JUMP_SIGN_UP_MAX_PENDING)
    return TRUE;
  g_set_error (error,
               JUMP_ERROR,
               JUMP_ERROR_RATE_LIMITED,
               "%d sign-ups wait for approval already; ask the owner of this Jumpseat",
               JUMP_SIGN_UP_MAX_PENDING);
  return FALSE;
}
