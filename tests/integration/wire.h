/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "tests/integration/fixture.h"

/* A raw socket to the service, for clients that use the wire in unusual ways. */

typedef struct
{
  GSocket *socket; /* (owned) */
  GString *got;    /* (owned) */
  gboolean is_closed;
  guint wanted; /* what wire_wait_for() waits for */
  const char *needle;
} Wire;

Wire *wire_new (Fixture *fixture);
void wire_free (Wire *self);
void wire_send (Wire *self, const char *data, gsize length);
/* Takes what is there into got. */
void wire_read (Wire *self);
void wire_wait_for (Wire *self, const char *needle, guint times);
void wire_wait_for_end (Wire *self);
guint count_text (const char *text, const char *needle);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Wire, wire_free)
