/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/reply-head.h"

#include "service/base/redact.h"

#include <string.h>

/* Every server and client takes header lines of this length. */
#define MAX_VALUE 2000
/* What is shorter, as most numbers are, need not be looked at. */
#define SHORTEST_SECRET 12

static gboolean
is_for_client (const char *name)
{
  static const char *const exact[] = {
    "retry-after",           "openai-processing-ms",
    "x-github-request-id",   "x-copilot-service-request-id",
    "copilot-edits-session", "openai-version",
  };
  static const char *const prefixes[] = { "x-quota-snapshot-",
                                          "x-usage-ratelimit-",
                                          "x-ratelimit-" };

  for (gsize i = 0; i < G_N_ELEMENTS (exact); i++)
    {
      if (g_ascii_strcasecmp (name, exact[i]) == 0)
        return TRUE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++)
    {
      if (g_ascii_strncasecmp (name, prefixes[i], strlen (prefixes[i])) == 0)
        return TRUE;
    }
  return FALSE;
}

/* A server in trouble, or one that only plays upstream, may say back what it was sent.
 *
 * Returns: (transfer full) (nullable) */
static char *
dup_without_secrets (const char *value)
{
  if (value == NULL)
    return NULL;
  return strlen (value) < SHORTEST_SECRET ? g_strdup (value) : jump_redact (value);
}

static void
add_if_for_client (const char *name, const char *value, gpointer user_data)
{
  g_autofree char *safe = NULL;

  if (!is_for_client (name))
    return;
  safe = dup_without_secrets (value);
  jump_reply_head_add (user_data, name, safe);
}

/**
 * jump_reply_head_new:
 * @client: some APIs have a name of their own for the request's id
 * @content_type: of the body
 * @request_id: ours
 *
 * Returns: (transfer full) (element-type utf8): the first lines of a head
 */
GPtrArray *
jump_reply_head_new (const JumpDialect *client, const char *content_type, const char *request_id)
{
  GPtrArray *self = g_ptr_array_new_with_free_func (g_free);

  jump_reply_head_add (self, "Content-Type", content_type);
  jump_reply_head_add (self, "X-Request-Id", request_id);
  if (client->id_header != NULL)
    jump_reply_head_add (self, client->id_header, request_id);
  return self;
}

/**
 * jump_reply_head_add:
 * @name: of a header, sent as it is
 * @value: (nullable): NULL and "" are left out
 */
void
jump_reply_head_add (GPtrArray *self, const char *name, const char *value)
{
  if (value == NULL || *value == '\0')
    return;
  g_ptr_array_add (self, g_strdup (name));
  g_ptr_array_add (self, g_strdup (value));
}

/* Names of models and fields come from clients: a header line takes printable ASCII only, and no more
 * than fits. */
static void
add_safely (GPtrArray *self, const char *name, const char *value)
{
  g_autofree char *safe = NULL;

  if (value == NULL)
    return;
  safe = g_strndup (value, MAX_VALUE);
  for (char *at = safe; *at != '\0'; at++)
    {
      if (*at < ' ' || *at > '~')
        *at = '?';
    }
  jump_reply_head_add (self, name, safe);
}

/**
 * jump_reply_head_add_way:
 * @route: which way the request took
 * @changes: comma-separated names, "" for none
 *
 * A name that a client made up could end the line and begin a header of its own: such bytes become
 * question marks.
 */
void
jump_reply_head_add_way (GPtrArray *self, const char *route, const char *changes)
{
  add_safely (self, "X-Jumpseat-Route", route);
  jump_reply_head_add_changes (self, changes);
}

/**
 * jump_reply_head_add_changes:
 * @changes: (nullable): comma-separated names, "" and %NULL for none
 *
 * As of jump_reply_head_add_way(), for replies that are mended after their way was known.
 */
void
jump_reply_head_add_changes (GPtrArray *self, const char *changes)
{
  add_safely (self, "X-Jumpseat-Changes", changes);
}

/**
 * jump_reply_head_add_upstream:
 * @call: whose head has come
 *
 * What of upstream's headers a client can use (protocol 5.5). Everything about the connection, and Date,
 * is ours.
 */
void
jump_reply_head_add_upstream (GPtrArray *self, JumpUpstreamCall *call)
{
  jump_upstream_call_foreach_header (call, add_if_for_client, self);
}

/**
 * jump_reply_head_dup_upstream_id:
 * @call: whose head has come
 *
 * Returns: (transfer full) (nullable): upstream's own id of the request, for whoever asks GitHub about it
 */
char *
jump_reply_head_dup_upstream_id (JumpUpstreamCall *call)
{
  return dup_without_secrets (jump_upstream_call_get_header (call, "x-github-request-id"));
}

/**
 * jump_reply_head_finish:
 *
 * Returns: (transfer none): names and values for jump_reply_sink_head(), valid while @self is
 */
const char *const *
jump_reply_head_finish (GPtrArray *self)
{
  g_ptr_array_add (self, NULL);
  return (const char *const *) self->pdata;
}
