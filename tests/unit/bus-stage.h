/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <gio/gio.h>

/* A session bus of the test's own, and somebody on it who plays a desktop's service. */

typedef struct
{
  GTestDBus *daemon;    /* (owned) */
  GDBusConnection *bus; /* (owned): the player's, not the one of g_bus_get() */
} BusStage;

/* Returns: FALSE after skipping the test, where there is no dbus-daemon. */
gboolean bus_stage_up (BusStage *self);
void bus_stage_down (BusStage *self);
void bus_stage_own (BusStage *self, const char *name);
