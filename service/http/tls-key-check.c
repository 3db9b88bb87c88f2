/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/tls-key-check.h"

#include "service/http/socket-pair.h"

/* Both ends are here: what takes longer will never come. */
#define TIMEOUT_SECONDS 5

/* Returns: (transfer full): a stream over @socket */
static GIOStream *
open_stream (GSocket *socket)
{
  g_socket_set_timeout (socket, TIMEOUT_SECONDS);
  return G_IO_STREAM (g_socket_connection_factory_create_connection (socket));
}

/* What the other end needs. */
typedef struct
{
  GIOStream *stream;            /* (unowned) */
  GTlsCertificate *certificate; /* (unowned) */
} Trial;

/* Who has signed it does not matter here, but it is to be ours. */
static gboolean
on_certificate_shown (GTlsConnection *connection,
                      GTlsCertificate *shown,
                      GTlsCertificateFlags problems,
                      const Trial *trial)
{
  return g_tls_certificate_is_same (shown, trial->certificate);
}

/* The other end. Returns: (transfer full) (nullable): what went wrong */
static gpointer
greet (gpointer data)
{
  g_autoptr (GMainContext) loop = g_main_context_new ();
  const Trial *trial = data;
  g_autoptr (GIOStream) client = NULL;
  GError *error = NULL;

  g_main_context_push_thread_default (loop);
  client = g_tls_client_connection_new (trial->stream, NULL, &error);
  if (client != NULL)
    {
      g_signal_connect (client, "accept-certificate", G_CALLBACK (on_certificate_shown), data);
      g_tls_connection_handshake (G_TLS_CONNECTION (client), NULL, &error);
    }
  g_io_stream_close (trial->stream, NULL, NULL);
  g_clear_object (&client);
  g_main_context_pop_thread_default (loop);
  return error;
}

static gboolean
answer (GIOStream *stream, GTlsCertificate *certificate, GError **error)
{
  g_autoptr (GIOStream) server = g_tls_server_connection_new (stream, certificate, error);
  gboolean is_done =
      server != NULL && g_tls_connection_handshake (G_TLS_CONNECTION (server), NULL, error);

  g_io_stream_close (stream, NULL, NULL);
  return is_done;
}

/**
 * jump_tls_key_check:
 * @certificate: with a private key
 *
 * Shows @certificate to a client of our own, without any network: the one proof that needs to know nothing
 * of kinds of keys. Takes some milliseconds.
 *
 * Returns: whether a client would accept the proof that we hold the certificate's key
 */
gboolean
jump_tls_key_check (GTlsCertificate *certificate, GError **error)
{
  g_autoptr (GIOStream) ours = NULL;
  g_autoptr (GError) theirs_error = NULL;
  g_autoptr (GIOStream) theirs = NULL;
  g_autoptr (GSocket) our_end = NULL;
  g_autoptr (GSocket) their_end = NULL;
  GSocket *ends[2];
  Trial trial;
  GThread *thread;
  gboolean is_shown;
  gboolean is_accepted;

  if (!jump_socket_pair_new (ends, error))
    return FALSE;
  our_end = ends[0];
  their_end = ends[1];
  ours = open_stream (our_end);
  theirs = open_stream (their_end);
  trial = (Trial){ theirs, certificate };
  thread = g_thread_new ("tls-key-check", greet, &trial);
  is_shown = answer (ours, certificate, error);
  theirs_error = g_thread_join (thread);
  is_accepted = theirs_error == NULL;
  if (is_shown && !is_accepted)
    g_propagate_error (error, g_steal_pointer (&theirs_error));
  return is_shown && is_accepted;
}
