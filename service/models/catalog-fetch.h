/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/models/model-catalog.h"

/* One call for the list, shared by everybody who waits for it. Belongs to the catalogue, which
 * takes what comes in and answers the tasks. */

typedef struct _JumpCatalogFetch JumpCatalogFetch;

typedef struct
{
  /* Before the tasks are answered. Exactly one of @content and @problem (transfer full) is set. */
  void (*on_ended) (GBytes *content, GError *problem, gpointer user_data);
  /* Once for each task that was not cancelled. */
  void (*on_answer_wanted) (GTask *task, gpointer user_data);
} JumpCatalogFetchFuncs;

JumpCatalogFetch *jump_catalog_fetch_new (const JumpCatalogSource *source,
                                          const JumpCatalogFetchFuncs *funcs,
                                          gpointer user_data);
/* Closes the call; no function is called any more. No task may be waiting. */
void jump_catalog_fetch_free (JumpCatalogFetch *self);

void jump_catalog_fetch_start (JumpCatalogFetch *self);
void jump_catalog_fetch_wait (JumpCatalogFetch *self, GTask *task);
void jump_catalog_fetch_restart (JumpCatalogFetch *self);
gboolean jump_catalog_fetch_is_running (JumpCatalogFetch *self);
guint jump_catalog_fetch_get_count (JumpCatalogFetch *self);
