/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/auth/stored-account.h"

#include "service/base/json-read.h"
#include "service/base/json-write.h"

#include <string.h>

JumpStoredAccount *
jump_stored_account_new (const char *host,
                         const char *login,
                         const char *client_id,
                         JumpSecretText *token)
{
  JumpStoredAccount *self = g_new0 (JumpStoredAccount, 1);

  self->host = g_strdup (host);
  self->login = g_strdup (login);
  self->client_id = g_strdup (client_id);
  self->token = jump_secret_text_ref (token);
  return self;
}

void
jump_stored_account_free (JumpStoredAccount *self)
{
  if (self == NULL)
    return;
  g_free (self->host);
  g_free (self->login);
  g_free (self->client_id);
  jump_secret_text_unref (self->token);
  g_free (self);
}

/**
 * jump_stored_account_parse:
 *
 * Returns: (transfer full) (nullable): NULL if it is not what jump_stored_account_to_text() wrote
 */
JumpStoredAccount *
jump_stored_account_parse (const JumpSecretText *text)
{
  g_autoptr (JsonObject) object = jump_json_parse_object (jump_secret_text_peek (text), -1, NULL);
  g_autoptr (JumpSecretText) secret = NULL;
  const char *host = jump_json_get_string (object, "host", NULL);
  const char *token = jump_json_get_string (object, "token", NULL);

  if (host == NULL || token == NULL || *token == '\0')
    return NULL;
  secret = jump_secret_text_new (token);
  jump_secret_wipe ((char *) token, strlen (token)); /* the copy inside the tree */
  return jump_stored_account_new (host,
                                  jump_json_get_string (object, "login", NULL),
                                  jump_json_get_string (object, "client_id", NULL),
                                  secret);
}

JumpSecretText *
jump_stored_account_to_text (const JumpStoredAccount *self)
{
  g_auto (JumpJsonWriter) writer = { 0 };

  jump_json_writer_init (&writer);
  /* Room for all of it, so that no half-written copy of the token is left behind by growing. */
  g_string_set_size (writer.text, 1024);
  g_string_truncate (writer.text, 0);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (&writer, "host", self->host);
  jump_json_writer_member_string (&writer, "login", self->login);
  jump_json_writer_member_string (&writer, "client_id", self->client_id);
  jump_json_writer_member_string (&writer, "token", jump_secret_text_peek (self->token));
  jump_json_writer_end_object (&writer);
  return jump_secret_text_new_take (jump_json_writer_finish (&writer));
}
