/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/prepared-request.h"

#include "service/base/error.h"
#include "service/relay/model-traits-reader.h"
#include "service/relay/request-patch.h"

/* From the client's dialect into upstream's. Returns: (transfer full) (nullable) */
static GBytes *
translate (JumpPreparedRequest *self,
           const JumpPrepareOrder *order,
           const JumpModelTraits *traits,
           JumpChanges *changes,
           GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (order->body, &length);
  g_autoptr (JumpPrompt) prompt = order->client->read_prompt (data, length, error);

  if (prompt == NULL)
    return NULL;
  self->names = jump_tool_names_new (prompt);
  if (jump_tool_names_has_changes (self->names))
    jump_changes_add (changes, "tools-renamed");
  if (order->client->make_echo != NULL)
    self->echo = order->client->make_echo (prompt);
  self->wants_thinking = prompt->thinking == JUMP_THINKING_UNSET
                             ? order->client->shows_thinking
                             : prompt->thinking != JUMP_THINKING_OFF;
  return order->choice.upstream->write_prompt (prompt, traits, self->names, changes, error);
}

/* The translation was written by us: that its own dialect cannot read it is our fault, not the client's. */
static gboolean
scan_translation (const JumpDialect *dialect, GBytes *body, JumpRequestFacts *facts, GError **error)
{
  g_autoptr (GError) fault = NULL;
  gsize length;
  const char *data = g_bytes_get_data (body, &length);

  if (dialect->scan (facts, data, length, &fault))
    return TRUE;
  g_set_error (error,
               JUMP_ERROR,
               fault->code,
               "translating to %s: %s",
               dialect->name,
               fault->message);
  return FALSE;
}

/**
 * jump_prepared_request_make:
 * @self: (out): filled also when it fails; clear it
 * @order: what to prepare, and for whom
 * @error: JUMP_ERROR_BAD_REQUEST naming the field that @order's model cannot be asked
 *
 * Whatever way the request goes, the patch of upstream's dialect has the last word, so that every
 * repair exists once.
 */
gboolean
jump_prepared_request_make (JumpPreparedRequest *self,
                            const JumpPrepareOrder *order,
                            GError **error)
{
  g_auto (JumpChanges) changes = { NULL };
  g_autoptr (GBytes) translated = NULL;
  JumpRequestFacts facts;
  JumpModelTraits traits;

  jump_model_traits_read (&traits, order->model_id, order->model);
  traits.takes_web_search = traits.is_reasoning && order->takes_web_search;
  self->has_image = order->facts->has_image;
  if (!order->choice.is_translated)
    {
      self->body = jump_request_patch (order->choice.upstream,
                                       order->body,
                                       order->facts,
                                       &traits,
                                       &changes,
                                       error);
      self->changes = jump_changes_steal (&changes);
      return self->body != NULL;
    }
  translated = translate (self, order, &traits, &changes, error);
  if (translated == NULL || !scan_translation (order->choice.upstream, translated, &facts, error))
    return FALSE;
  self->has_image = facts.has_image;
  self->body =
      jump_request_patch (order->choice.upstream, translated, &facts, &traits, &changes, error);
  self->changes = jump_changes_steal (&changes);
  return self->body != NULL;
}

void
jump_prepared_request_clear (JumpPreparedRequest *self)
{
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->names, jump_tool_names_unref);
  g_clear_pointer (&self->echo, g_free);
  g_clear_pointer (&self->changes, g_free);
}
