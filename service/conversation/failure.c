/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/conversation/failure.h"

#include "service/base/error.h"

#include <gio/gio.h>
#include <string.h>

/* Field paths are short; a longer one is a client's text. */
#define MAX_PARAM 200

/**
 * jump_failure_new:
 * @status: HTTP
 * @code: (nullable): a word, upstream's or ours
 * @message: (nullable): %NULL and "" yield a sentence about the status
 *
 * Returns: (transfer full): a failure without param and numbers
 */
JumpFailure *
jump_failure_new (JumpFailureKind kind, guint status, const char *code, const char *message)
{
  JumpFailure *self = g_new0 (JumpFailure, 1);

  self->kind = kind;
  self->status = status;
  self->code = g_strdup (code);
  self->message = message != NULL && *message != '\0'
                      ? g_strdup (message)
                      : g_strdup_printf ("the request failed with status %u", status);
  self->n_tokens = -1;
  self->max_tokens = -1;
  self->resets_at = -1;
  return self;
}

/* "messages[2].role: expected string" names its field, "no route to host: x" does not. */
static char *
dup_param (const char *message)
{
  gsize length = strcspn (message, ": \n");

  if (length == 0 || length > MAX_PARAM || message[length] != ':' || message[length + 1] != ' ')
    return NULL;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (message[i]) && strchr ("_.[]-", message[i]) == NULL)
      return NULL;
  return g_strndup (message, length);
}

static JumpFailureKind
kind_from_error (JumpError code)
{
  switch (code)
    {
    case JUMP_ERROR_BAD_REQUEST:
    case JUMP_ERROR_METHOD:
      return JUMP_FAILURE_BAD_REQUEST;
    case JUMP_ERROR_SIGNED_OUT:
      return JUMP_FAILURE_AUTHENTICATION;
    case JUMP_ERROR_FORBIDDEN:
      return JUMP_FAILURE_PERMISSION;
    case JUMP_ERROR_UNKNOWN_MODEL:
      return JUMP_FAILURE_UNKNOWN_MODEL;
    case JUMP_ERROR_NOT_FOUND:
      return JUMP_FAILURE_NOT_FOUND;
    case JUMP_ERROR_TIMEOUT:
      return JUMP_FAILURE_TIMEOUT;
    case JUMP_ERROR_TOO_LARGE:
      return JUMP_FAILURE_TOO_LARGE;
    case JUMP_ERROR_RATE_LIMITED:
      return JUMP_FAILURE_RATE_LIMIT;
    case JUMP_ERROR_UNAVAILABLE:
      return JUMP_FAILURE_OVERLOADED;
    case JUMP_ERROR_UPSTREAM:
    case JUMP_ERROR_PROTOCOL:
    case JUMP_ERROR_PORTAL:
    case JUMP_ERROR_STORE:
    case JUMP_ERROR_BUSY_PORT:
    case JUMP_ERROR_SETTINGS:
      return JUMP_FAILURE_SERVER;
    }
  return JUMP_FAILURE_SERVER;
}

/* What the network does to a reply is upstream's failure, whatever else GIO reports is ours. */
static guint
status_from_io_error (const GError *error)
{
  static const int from_network[] = {
    G_IO_ERROR_CONNECTION_REFUSED, G_IO_ERROR_CONNECTION_CLOSED, G_IO_ERROR_HOST_UNREACHABLE,
    G_IO_ERROR_HOST_NOT_FOUND,     G_IO_ERROR_NOT_CONNECTED,     G_IO_ERROR_NETWORK_UNREACHABLE,
    G_IO_ERROR_PROXY_FAILED,       G_IO_ERROR_PARTIAL_INPUT,
  };

  if (error->domain == G_TLS_ERROR || error->domain == G_RESOLVER_ERROR)
    return 502;
  if (error->domain != G_IO_ERROR)
    return 500;
  for (guint i = 0; i < G_N_ELEMENTS (from_network); i++)
    if (error->code == from_network[i])
      return 502;
  if (error->code == G_IO_ERROR_CANCELLED)
    return 499;
  return error->code == G_IO_ERROR_TIMED_OUT ? 504 : 500;
}

/**
 * jump_failure_new_from_error:
 * @error: an error of any domain; those of GIO are told apart by whether the network is to blame
 *
 * Returns: (transfer full): a failure whose code is ours. A field that the
 *   message of a bad request begins with becomes the param and stays in the message.
 */
JumpFailure *
jump_failure_new_from_error (const GError *error)
{
  JumpFailure *self;
  guint status;

  if (error->domain == JUMP_ERROR)
    {
      self = jump_failure_new (kind_from_error ((JumpError) error->code),
                               jump_error_http_status (error),
                               jump_error_get_word (error),
                               error->message);
      if (error->code == JUMP_ERROR_BAD_REQUEST)
        self->param = dup_param (error->message);
      else if (error->code == JUMP_ERROR_UNKNOWN_MODEL)
        self->param = g_strdup ("model");
      return self;
    }
  status = status_from_io_error (error);
  return jump_failure_new (status == 504 ? JUMP_FAILURE_TIMEOUT : JUMP_FAILURE_SERVER,
                           status,
                           jump_error_get_word (error),
                           error->message);
}

/**
 * jump_failure_copy:
 *
 * Returns: (transfer full): a failure that shares nothing with @self
 */
JumpFailure *
jump_failure_copy (const JumpFailure *self)
{
  JumpFailure *copy = jump_failure_new (self->kind, self->status, self->code, self->message);

  copy->param = g_strdup (self->param);
  copy->n_tokens = self->n_tokens;
  copy->max_tokens = self->max_tokens;
  copy->resets_at = self->resets_at;
  return copy;
}

void
jump_failure_free (JumpFailure *self)
{
  g_free (self->message);
  g_free (self->code);
  g_free (self->param);
  g_free (self);
}

/**
 * jump_failure_kind_from_status:
 * @status: HTTP, of an error reply; 422 is the filter's at Copilot (protocol 7.2), 529 Anthropic's word for
 *   overloaded
 *
 * Returns: a kind; %JUMP_FAILURE_SERVER for what is no client error
 */
JumpFailureKind
jump_failure_kind_from_status (guint status)
{
  switch (status)
    {
    case 401:
      return JUMP_FAILURE_AUTHENTICATION;
    case 402:
      return JUMP_FAILURE_BILLING;
    case 403:
      return JUMP_FAILURE_PERMISSION;
    case 404:
      return JUMP_FAILURE_NOT_FOUND;
    case 408:
    case 504:
      return JUMP_FAILURE_TIMEOUT;
    case 413:
      return JUMP_FAILURE_TOO_LARGE;
    case 422:
      return JUMP_FAILURE_FILTER;
    case 429:
      return JUMP_FAILURE_RATE_LIMIT;
    case 503:
    case 529:
      return JUMP_FAILURE_OVERLOADED;
    default:
      return status >= 400 && status < 500 ? JUMP_FAILURE_BAD_REQUEST : JUMP_FAILURE_SERVER;
    }
}
