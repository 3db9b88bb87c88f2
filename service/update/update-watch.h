/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/clock.h"
#include "service/net/http-client.h"
#include "service/update/release-feed.h"

/* Whether there is a newer version. Asks the release feed once a day at most, first some minutes after
 * the start, and says nothing of this computer but the version of the program, as its User-Agent. Tells,
 * and does nothing else: packages, stores and people install. Emits "changed" when what a person would be told
 * is another thing; whatever goes wrong is nobody's business before the next day. */

#define JUMP_TYPE_UPDATE_WATCH (jump_update_watch_get_type ())
G_DECLARE_FINAL_TYPE (JumpUpdateWatch, jump_update_watch, JUMP, UPDATE_WATCH, GObject)

/* @version: of this program. @path: (nullable): where to keep what the feed said; NULL: nowhere */
JumpUpdateWatch *jump_update_watch_new (JumpHttpClient *client,
                                        JumpClock *clock,
                                        const char *version,
                                        const char *path);

/* @url: (nullable): NULL: nobody is asked, nothing is shown */
void jump_update_watch_set_feed (JumpUpdateWatch *self, const char *url);
void jump_update_watch_set_online (JumpUpdateWatch *self, gboolean is_online);
/* From now on it asks by itself. Returns: FALSE when it did so before */
gboolean jump_update_watch_start (JumpUpdateWatch *self);
/* For good: what is under way is cut. */
void jump_update_watch_stop (JumpUpdateWatch *self);

/* Returns: (transfer none) (nullable): a final release that is newer than this program */
const JumpRelease *jump_update_watch_get_release (JumpUpdateWatch *self);
gboolean jump_update_watch_has_feed (JumpUpdateWatch *self);
gint64 jump_update_watch_get_asked_at (JumpUpdateWatch *self); /* wall seconds, 0 never */

/* Somebody wants to know now. */
void jump_update_watch_ask_async (JumpUpdateWatch *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean jump_update_watch_ask_finish (JumpUpdateWatch *self, GAsyncResult *result, GError **error);
