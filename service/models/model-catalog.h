/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/clock.h"
#include "service/models/model.h"

#include <gio/gio.h>

/* What the account offers, as a GListModel of JumpModel in upstream's order without duplicates.
 * Fresh for cache_seconds; after that the old list is served while one call renews it; however
 * many ask at once, one upstream call. The last good copy is kept in @cache_file; without one the
 * built-in list stands in (jump_model_catalog_get_origin() says which). Where the list comes from
 * is given by the owner as a pair of functions, so that this folder knows no tokens. */

typedef enum
{
  JUMP_CATALOG_EMPTY,
  JUMP_CATALOG_BUILTIN,
  JUMP_CATALOG_DISK,
  JUMP_CATALOG_LIVE,
} JumpCatalogOrigin;

/* Gets the body of GET /models. finish returns (transfer full) the JSON text. */
typedef struct
{
  void (*fetch_async) (gpointer source,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);
  GBytes *(*fetch_finish) (gpointer source, GAsyncResult *result, GError **error);
  gpointer source; /* (unowned): outlives the catalogue */
} JumpCatalogSource;

#define JUMP_TYPE_MODEL_CATALOG (jump_model_catalog_get_type ())
G_DECLARE_FINAL_TYPE (JumpModelCatalog, jump_model_catalog, JUMP, MODEL_CATALOG, GObject)

/* @cache_file: (nullable). @builtin: (nullable): GET /models JSON to fall back to. */
JumpModelCatalog *jump_model_catalog_new (JumpClock *clock,
                                          const JumpCatalogSource *source,
                                          const char *cache_file,
                                          GBytes *builtin);
void jump_model_catalog_set_lifetime (JumpModelCatalog *self, guint seconds);

/* TRUE when a list is at hand that may be served now; starts a renewal when it is stale. */
gboolean jump_model_catalog_is_ready (JumpModelCatalog *self);
/* Completes when a list may be served: at once when is_ready, else after the first fetch, which
 * falls back to disk and built-in. Fails only when there is nothing at all. */
void jump_model_catalog_ensure_async (JumpModelCatalog *self,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean
jump_model_catalog_ensure_finish (JumpModelCatalog *self, GAsyncResult *result, GError **error);
/* Fetches now; fails when upstream does. */
void jump_model_catalog_refresh_async (JumpModelCatalog *self,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean
jump_model_catalog_refresh_finish (JumpModelCatalog *self, GAsyncResult *result, GError **error);
/* The account changed: forget the live list (the disk copy too when @and_disk). */
void jump_model_catalog_forget (JumpModelCatalog *self, gboolean and_disk);

JumpModel *jump_model_catalog_lookup (JumpModelCatalog *self,
                                      const char *id); /* (transfer none) (nullable), exact */
JumpCatalogOrigin jump_model_catalog_get_origin (JumpModelCatalog *self);
gint64 jump_model_catalog_get_fetched_at (JumpModelCatalog *self); /* wall seconds, 0 never */
GBytes *jump_model_catalog_get_raw (JumpModelCatalog *self);       /* (transfer none) (nullable) */
guint jump_model_catalog_get_fetches (JumpModelCatalog *self);
