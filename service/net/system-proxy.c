/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-net"

#include "service/net/system-proxy.h"

#include <string.h>

/* How long an answer is good: somebody who changes the settings wants to see it work. */
#define LIFETIME (60 * G_USEC_PER_SEC)
/* Only the few servers of upstream are asked about; more would be a mistake. */
#define MAX_SERVERS 64

typedef struct _Lookup Lookup;

typedef struct
{
  JumpSystemProxy *owner;
  char *server;       /* (owned) such as "https://api.github.com" */
  GStrv proxies;      /* (owned) (nullable) never empty */
  guint current;      /* index of the one to try */
  gint64 known_until; /* monotonic µs */
  Lookup *lookup;     /* (nullable) under way; freed by its callback */
  GQueue waits;       /* (owned) (element-type JumpProxyWait) */
  gint64 patience;    /* monotonic µs at which the waits end */
} Server;

struct _Lookup
{
  Server *server;            /* (nullable): nobody wants the answer any more */
  GCancellable *cancellable; /* (owned) */
};

struct _JumpProxyWait
{
  Server *server;
  GList link; /* in the server's list */
  JumpProxyFunc func;
  gpointer user_data;
};

struct _JumpSystemProxy
{
  GProxyResolver *resolver; /* (owned) */
  JumpPollTimer *timer;     /* (owned) ends waits */
  GHashTable *servers;      /* (owned) (element-type utf8 Server) */
  gint64 longest_wait;      /* µs */
};

static void
abandon_lookup (Server *server)
{
  Lookup *lookup = g_steal_pointer (&server->lookup);

  if (lookup == NULL)
    return;
  lookup->server = NULL;
  g_cancellable_cancel (lookup->cancellable);
}

static void
server_free (gpointer data)
{
  Server *server = data;
  GList *link;

  abandon_lookup (server);
  while ((link = g_queue_pop_head_link (&server->waits)) != NULL)
    g_free (link->data);
  g_strfreev (server->proxies);
  g_free (server->server);
  g_free (server);
}

/* Scheme, host and port; what else stands in an address is not for whoever wrote the script. */
static char *
dup_server (const char *url)
{
  const char *authority = strstr (url, "://");
  gsize length;
  const char *at;

  if (authority == NULL)
    return g_strdup ("");
  authority += 3;
  length = strcspn (authority, "/?#");
  at = g_strrstr_len (authority, (gssize) length, "@");
  if (at != NULL)
    length -= (gsize) (at + 1 - authority);
  return g_strdup_printf ("%.*s%.*s",
                          (int) (authority - url),
                          url,
                          (int) length,
                          at == NULL ? authority : at + 1);
}

/* Behind a proxy of the socks family names of the other side may mean nothing on this one, so where
 * the version lets the proxy resolve them it does, as in GIO.
 *
 * Returns: (transfer full) (nullable): NULL for kinds that libcurl does not know */
static char *
dup_as_curl_takes_it (const char *uri)
{
  static const struct
  {
    const char *scheme;
    const char *taken;
  } rows[] = {
    { "http", "http" },      { "https", "https" },     { "socks", "socks5h" },
    { "socks5", "socks5h" }, { "socks5h", "socks5h" }, { "socks4a", "socks4a" },
    { "socks4", "socks4" },
  };
  const char *scheme = g_uri_peek_scheme (uri);
  const char *rest = strstr (uri, "://");

  if (g_strcmp0 (scheme, "direct") == 0)
    return g_strdup ("");
  for (guint i = 0; rest != NULL && i < G_N_ELEMENTS (rows); i++)
    if (g_strcmp0 (scheme, rows[i].scheme) == 0)
      return g_strconcat (rows[i].taken, rest, NULL);
  return NULL;
}

/* @found: (nullable): as GIO has them */
static void
set_proxies (Server *server, char **found)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_strfreev (server->proxies);
  for (guint i = 0; found != NULL && found[i] != NULL; i++)
    {
      g_autofree char *proxy = dup_as_curl_takes_it (found[i]);

      if (proxy != NULL)
        g_strv_builder_add (builder, proxy);
    }
  server->proxies = g_strv_builder_end (builder);
  if (server->proxies[0] == NULL)
    {
      g_strv_builder_add (builder, "");
      g_strfreev (server->proxies);
      server->proxies = g_strv_builder_end (builder);
    }
  server->current = 0;
  server->known_until = g_get_monotonic_time () + LIFETIME;
}

static void
end_waits (Server *server)
{
  GList *link;

  while ((link = g_queue_pop_head_link (&server->waits)) != NULL)
    {
      g_autofree JumpProxyWait *wait = link->data;

      wait->func (wait->user_data);
    }
}

static void
set_timer (JumpSystemProxy *self)
{
  gint64 next = -1;
  GHashTableIter iter;
  Server *server;

  g_hash_table_iter_init (&iter, self->servers);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &server))
    if (server->waits.length > 0 && (next < 0 || server->patience < next))
      next = server->patience;
  jump_poll_timer_set (self->timer, next);
}

static void
on_looked_up (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Lookup *lookup = user_data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) found = g_proxy_resolver_lookup_finish (G_PROXY_RESOLVER (source), result, &error);
  Server *server = lookup->server;

  g_object_unref (lookup->cancellable);
  if (server == NULL)
    return;
  server->lookup = NULL;
  if (found == NULL)
    g_debug ("the system does not say which proxy %s wants (%s), going direct",
             server->server,
             error->message);
  set_proxies (server, found);
  end_waits (server);
  set_timer (server->owner);
}

static void
on_patience_over (gpointer user_data)
{
  JumpSystemProxy *self = user_data;
  gint64 now = g_get_monotonic_time ();
  GHashTableIter iter;
  Server *server;

  g_hash_table_iter_init (&iter, self->servers);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &server))
    {
      if (server->waits.length == 0 || server->patience > now)
        continue;
      g_debug ("the system takes long to say which proxy %s wants, going direct", server->server);
      set_proxies (server, NULL); /* until the answer comes after all */
      end_waits (server);
    }
  set_timer (self);
}

static void
look_up (Server *server)
{
  Lookup *lookup = g_new0 (Lookup, 1);
  g_autofree char *url = g_strconcat (server->server, "/", NULL);

  lookup->server = server;
  lookup->cancellable = g_cancellable_new ();
  server->lookup = lookup;
  g_proxy_resolver_lookup_async (server->owner->resolver,
                                 url,
                                 lookup->cancellable,
                                 on_looked_up,
                                 lookup);
}

static Server *
find_or_add_server (JumpSystemProxy *self, const char *url)
{
  g_autofree char *name = dup_server (url);
  Server *server = g_hash_table_lookup (self->servers, name);

  if (server != NULL)
    return server;
  server = g_new0 (Server, 1);
  server->owner = self;
  server->server = g_steal_pointer (&name);
  g_queue_init (&server->waits);
  g_hash_table_insert (self->servers, server->server, server);
  return server;
}

static gboolean
is_unused (gpointer name, gpointer value, gpointer user_data)
{
  Server *server = value;

  return server->waits.length == 0;
}

/**
 * jump_system_proxy_new:
 * @resolver: the system's, g_proxy_resolver_get_default()
 * @longest_wait_ms: a script that does not answer within this is not waited for
 *
 * Returns: (transfer full): nothing is asked yet
 */
JumpSystemProxy *
jump_system_proxy_new (JumpPoller *poller, GProxyResolver *resolver, guint longest_wait_ms)
{
  JumpSystemProxy *self = g_new0 (JumpSystemProxy, 1);

  self->resolver = g_object_ref (resolver);
  self->longest_wait = (gint64) longest_wait_ms * 1000;
  self->timer = jump_poller_timer_new (poller, on_patience_over, self);
  self->servers = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, server_free);
  return self;
}

void
jump_system_proxy_free (JumpSystemProxy *self)
{
  g_hash_table_unref (self->servers);
  jump_poll_timer_free (self->timer);
  g_object_unref (self->resolver);
  g_free (self);
}

const char *
jump_system_proxy_find (JumpSystemProxy *self, const char *url)
{
  g_autofree char *name = dup_server (url);
  Server *server = g_hash_table_lookup (self->servers, name);

  if (server == NULL || server->proxies == NULL || g_get_monotonic_time () >= server->known_until)
    return NULL;
  return server->proxies[server->current];
}

/**
 * jump_system_proxy_ask:
 *
 * An answer that comes later than the wait lasts replaces "none" for those who come after.
 *
 * Returns: (transfer none): lives until @func is called or it is cancelled
 */
JumpProxyWait *
jump_system_proxy_ask (JumpSystemProxy *self,
                       const char *url,
                       JumpProxyFunc func,
                       gpointer user_data)
{
  JumpProxyWait *wait = g_new0 (JumpProxyWait, 1);

  if (g_hash_table_size (self->servers) >= MAX_SERVERS)
    g_hash_table_foreach_remove (self->servers, is_unused, NULL);
  wait->server = find_or_add_server (self, url);
  wait->link.data = wait;
  wait->func = func;
  wait->user_data = user_data;
  if (wait->server->waits.length == 0)
    wait->server->patience = g_get_monotonic_time () + self->longest_wait;
  g_queue_push_tail_link (&wait->server->waits, &wait->link);
  set_timer (self);
  if (wait->server->lookup == NULL)
    look_up (wait->server);
  return wait;
}

void
jump_proxy_wait_cancel (JumpProxyWait *wait)
{
  g_queue_unlink (&wait->server->waits, &wait->link);
  set_timer (wait->server->owner);
  g_free (wait);
}

/**
 * jump_system_proxy_skip:
 *
 * Whoever comes later begins with the other one, too. After the last of them it is the turn of the
 * first again.
 */
gboolean
jump_system_proxy_skip (JumpSystemProxy *self, const char *url, const char *proxy, guint n_tried)
{
  g_autofree char *name = dup_server (url);
  Server *server = g_hash_table_lookup (self->servers, name);
  guint n_proxies;

  if (server == NULL || server->proxies == NULL)
    return FALSE;
  n_proxies = g_strv_length (server->proxies);
  if (g_strcmp0 (server->proxies[server->current], proxy) == 0) /* else others found out first */
    server->current = (server->current + 1) % n_proxies;
  return n_tried < n_proxies;
}

void
jump_system_proxy_forget (JumpSystemProxy *self)
{
  GHashTableIter iter;
  Server *server;

  g_hash_table_foreach_remove (self->servers, is_unused, NULL);
  g_hash_table_iter_init (&iter, self->servers);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &server))
    {
      abandon_lookup (server);
      look_up (server);
    }
}
