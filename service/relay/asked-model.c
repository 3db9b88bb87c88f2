/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/asked-model.h"

#include "service/base/error.h"
#include "service/base/limits.h"
#include "service/relay/route-choice.h"

#include <string.h>

#define NEAREST_NAMES 3
/* What a model takes at once when the catalogue does not say: what VS Code sends (protocol 6.4). */
#define DEFAULT_MAX_INPUTS 256

static void
set_unknown_error (const JumpExchangeContext *context, const char *name, GError **error)
{
  g_auto (GStrv) nearest =
      jump_model_nearest (context->mapping, context->catalog, name, NEAREST_NAMES);
  g_autofree char *names = g_strjoinv (", ", nearest);

  g_set_error (error,
               JUMP_ERROR,
               JUMP_ERROR_UNKNOWN_MODEL,
               "model: the account has no model \"%s\"%s%s",
               name,
               *names != '\0' ? "; the nearest are: " : "",
               names);
}

/**
 * jump_asked_model_resolve:
 * @self: (out): zeroed before
 * @context: whose catalogue and names count
 * @name: (nullable): as the client wrote it, a suffix for the way included; NULL takes the default
 * @error: JUMP_ERROR_BAD_REQUEST, or JUMP_ERROR_UNKNOWN_MODEL that names the nearest
 *
 * Returns: whether upstream can be asked for it
 */
gboolean
jump_asked_model_resolve (JumpAskedModel *self,
                          const JumpExchangeContext *context,
                          const char *name,
                          GError **error)
{
  g_autofree char *bare = NULL;
  JumpModel *model = NULL;

  self->asked = g_strdup (name != NULL ? name : context->default_model);
  if (self->asked == NULL || *self->asked == '\0')
    {
      g_set_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST, "model: expected string");
      return FALSE;
    }
  if (strlen (self->asked) > JUMP_LIMIT_MODEL_NAME)
    {
      g_set_error (error,
                   JUMP_ERROR,
                   JUMP_ERROR_BAD_REQUEST,
                   "model: expected a name of at most %d bytes",
                   JUMP_LIMIT_MODEL_NAME);
      return FALSE;
    }
  self->pin = jump_route_split_pin (self->asked, &bare);
  self->used =
      jump_model_mapping_resolve (context->mapping, context->catalog, bare, &self->how, &model);
  if (model != NULL)
    {
      self->model = g_object_ref (model);
      return TRUE;
    }
  if (!context->is_strict || jump_model_catalog_get_origin (context->catalog) != JUMP_CATALOG_LIVE)
    return TRUE; /* upstream knows best */
  set_unknown_error (context, bare, error);
  return FALSE;
}

/**
 * jump_asked_model_check_allowed:
 * @self: resolved
 * @pass: (nullable): what the client's key allows; NULL: no key was shown
 * @error: JUMP_ERROR_FORBIDDEN
 *
 * Whoever made the key may have meant an alias or what it stands for: either will do. But a name that was
 * only guessed at must not lead past the list.
 *
 * Returns: whether the client may have this model
 */
gboolean
jump_asked_model_check_allowed (const JumpAskedModel *self,
                                const JumpClientPass *pass,
                                GError **error)
{
  if (jump_client_pass_allows_model (pass, self->used) ||
      (self->how != JUMP_MAPPED_FAMILY && jump_client_pass_allows_model (pass, self->asked)))
    return TRUE;
  g_set_error (error,
               JUMP_ERROR,
               JUMP_ERROR_FORBIDDEN,
               "the key \"%s\" is not for the model \"%s\"; its models are chosen in Jumpseat",
               pass->name,
               self->asked);
  return FALSE;
}

/**
 * jump_asked_model_check_embeddings:
 * @error: JUMP_ERROR_BAD_REQUEST that names a model which makes some
 *
 * Returns: FALSE when the catalogue says that the model makes no embeddings
 */
gboolean
jump_asked_model_check_embeddings (const JumpAskedModel *self, GError **error)
{
  if (self->model == NULL ||
      (jump_model_get_endpoints (self->model) & JUMP_ENDPOINT_EMBEDDINGS) != 0)
    return TRUE;
  g_set_error (error,
               JUMP_ERROR,
               JUMP_ERROR_BAD_REQUEST,
               "model: %s makes no embeddings; text-embedding-3-small does",
               self->used);
  return FALSE;
}

guint
jump_asked_model_get_max_inputs (const JumpAskedModel *self)
{
  guint max = self->model != NULL ? jump_model_get_max_inputs (self->model) : 0;

  return max > 0 ? max : DEFAULT_MAX_INPUTS;
}

void
jump_asked_model_clear (JumpAskedModel *self)
{
  g_clear_pointer (&self->asked, g_free);
  g_clear_pointer (&self->used, g_free);
  g_clear_object (&self->model);
  self->pin = NULL;
}
