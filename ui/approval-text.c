/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/approval-text.h"

#include "ui/client-name.h"

#include <glib/gi18n-lib.h>

/**
 * jump_approval_text_question:
 * @client: name of a key, or of a program as it calls itself
 * @model: (nullable): what it asks for
 *
 * Returns: (transfer full): a sentence
 */
char *
jump_approval_text_question (const char *client, const char *model)
{
  g_autofree char *name = jump_client_name_new (client);

  if (model == NULL || *model == '\0')
    /* Translators: %s is the name of a program */
    return g_strdup_printf (_ ("%s wants to use Copilot."), name);
  /* Translators: the name of a program, and of a model such as gpt-5.5 */
  return g_strdup_printf (_ ("%s wants to use %s."), name, model);
}

char *
jump_approval_text_for_request (JumpApprovalRequest *request)
{
  const char *reason = jump_approval_request_get_reason (request);
  g_autofree char *question =
      jump_approval_text_question (jump_approval_request_get_client (request),
                                   jump_approval_request_get_model (request));

  if (reason == NULL)
    return g_steal_pointer (&question);
  return g_strdup_printf (C_ ("sentences", "%s %s"), question, reason);
}

char *
jump_approval_text_left (gint64 seconds)
{
  guint left = (guint) CLAMP (seconds, 0, 3600);

  return g_strdup_printf (
      ngettext ("Refused by itself in %u second.", "Refused by itself in %u seconds.", left),
      left);
}
