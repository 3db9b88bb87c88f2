/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-write.h"

#include <glib.h>
#include <json-glib/json-glib.h>

/* What a release feed says of the newest release: one object with tag_name, html_url,
 * published_at, body, draft and prerelease, as GitHub's "latest release" has it. Whoever writes the
 * feed is a stranger: text is cut and cleaned, the address must be one that a browser may open. */

typedef struct
{
  char *version;      /* (owned): without the "v" of the tag */
  char *url;          /* (owned): its page */
  char *published_at; /* (owned) (nullable): as the feed writes it, ISO 8601 */
  char *notes;        /* (owned): plain text for people, perhaps "" */
  gboolean is_final;  /* neither a draft nor a pre-release */
} JumpRelease;

JumpRelease *jump_release_new (JsonObject *feed, GError **error);
void jump_release_free (JumpRelease *self);
/* Writes it in the shape that jump_release_new() reads. */
void jump_release_write (const JumpRelease *self, JumpJsonWriter *writer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpRelease, jump_release_free)
