/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-auth"

#include "service/auth/identity.h"

#include "service/base/paths.h"
#include "service/base/random.h"

#include <string.h>

#define MACHINE_ID_BYTES 32

/**
 * jump_identity_new:
 *
 * The defaults belong to one build of the editor and its extension (protocol 5.1); whoever changes
 * one changes all. The machine id is a random one until jump_identity_load_machine_id() is used.
 *
 * Returns: (transfer full)
 */
JumpIdentity *
jump_identity_new (void)
{
  JumpIdentity *self = g_new0 (JumpIdentity, 1);
  g_autofree char *uuid = jump_random_uuid ();

  self->editor_version = g_strdup ("vscode/1.124.2");
  self->plugin_version = g_strdup ("copilot-chat/0.52.0");
  self->user_agent = g_strdup ("GitHubCopilotChat/0.52.0");
  self->integration_id = g_strdup ("vscode-chat");
  self->api_version = g_strdup ("2025-05-01");
  self->intent = g_strdup ("conversation-agent");
  self->machine_id = jump_random_hex (MACHINE_ID_BYTES);
  self->session_id = g_strdup_printf ("%s%" G_GINT64_FORMAT, uuid, g_get_real_time () / 1000);
  return self;
}

JumpIdentity *
jump_identity_copy (const JumpIdentity *self)
{
  JumpIdentity *copy = g_new0 (JumpIdentity, 1);

  copy->editor_version = g_strdup (self->editor_version);
  copy->plugin_version = g_strdup (self->plugin_version);
  copy->user_agent = g_strdup (self->user_agent);
  copy->integration_id = g_strdup (self->integration_id);
  copy->api_version = g_strdup (self->api_version);
  copy->intent = g_strdup (self->intent);
  copy->machine_id = g_strdup (self->machine_id);
  copy->session_id = g_strdup (self->session_id);
  return copy;
}

void
jump_identity_free (JumpIdentity *self)
{
  if (self == NULL)
    return;
  g_free (self->editor_version);
  g_free (self->plugin_version);
  g_free (self->user_agent);
  g_free (self->integration_id);
  g_free (self->api_version);
  g_free (self->intent);
  g_free (self->machine_id);
  g_free (self->session_id);
  g_free (self);
}

static gboolean
is_machine_id (const char *text)
{
  gsize n_digits = 0;

  while (g_ascii_isdigit (text[n_digits]) || (text[n_digits] >= 'a' && text[n_digits] <= 'f'))
    n_digits++;
  return n_digits == 2 * MACHINE_ID_BYTES && text[n_digits] == '\0';
}

/**
 * jump_identity_load_machine_id:
 * @data_dir: made when it is not there
 *
 * Upstream sees it with every request. It is random, so that it tells nothing about the machine,
 * and kept, because a client that looks new each time looks like abuse (protocol 8).
 *
 * Returns: (transfer full): 64 hexadecimal digits
 */
char *
jump_identity_load_machine_id (const char *data_dir)
{
  g_autofree char *path = g_build_filename (data_dir, "machine-id", NULL);
  g_autofree char *contents = NULL;
  g_autofree char *line = NULL;
  g_autoptr (GError) error = NULL;
  char *machine_id;

  if (g_file_get_contents (path, &contents, NULL, NULL) && is_machine_id (g_strstrip (contents)))
    return g_steal_pointer (&contents);

  machine_id = jump_random_hex (MACHINE_ID_BYTES);
  line = g_strconcat (machine_id, "\n", NULL);
  if (!jump_paths_make_private_dir (data_dir, &error) ||
      !g_file_set_contents_full (path,
                                 line,
                                 (gssize) strlen (line),
                                 G_FILE_SET_CONTENTS_CONSISTENT,
                                 0600,
                                 &error))
    g_debug ("the machine id is for this run only: %s", error->message);
  return machine_id;
}
