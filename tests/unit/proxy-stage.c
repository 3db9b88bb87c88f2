/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/unit/proxy-stage.h"

struct _FakeResolver
{
  GObject parent_instance;

  GPtrArray *asked; /* (owned) (element-type utf8) */
  GPtrArray *open;  /* (owned) (element-type GTask) */
  char *answer;     /* (owned) (nullable) */
};

static void
return_answer (GTask *task, const char *proxies)
{
  if (g_task_return_error_if_cancelled (task))
    return;
  if (proxies == NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "the script is broken");
  else
    g_task_return_pointer (task, g_strsplit (proxies, " ", -1), (GDestroyNotify) g_strfreev);
}

static void
fake_resolver_lookup_async (GProxyResolver *resolver,
                            const char *uri,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  FakeResolver *self = FAKE_RESOLVER (resolver);
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);

  g_ptr_array_add (self->asked, g_strdup (uri));
  if (self->answer != NULL)
    return_answer (task, self->answer);
  else
    g_ptr_array_add (self->open, g_steal_pointer (&task));
}

static char **
fake_resolver_lookup_finish (GProxyResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
resolver_iface_init (GProxyResolverInterface *iface)
{
  iface->lookup_async = fake_resolver_lookup_async;
  iface->lookup_finish = fake_resolver_lookup_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (FakeResolver,
                               fake_resolver,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_PROXY_RESOLVER, resolver_iface_init))

static void
fake_resolver_finalize (GObject *object)
{
  FakeResolver *self = FAKE_RESOLVER (object);

  g_ptr_array_unref (self->asked);
  g_ptr_array_unref (self->open);
  g_free (self->answer);
  G_OBJECT_CLASS (fake_resolver_parent_class)->finalize (object);
}

static void
fake_resolver_class_init (FakeResolverClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fake_resolver_finalize;
}

static void
fake_resolver_init (FakeResolver *self)
{
  self->asked = g_ptr_array_new_with_free_func (g_free);
  self->open = g_ptr_array_new_with_free_func (g_object_unref);
}

FakeResolver *
fake_resolver_new (void)
{
  return g_object_new (FAKE_TYPE_RESOLVER, NULL);
}

void
fake_resolver_set_answer (FakeResolver *self, const char *proxies)
{
  g_free (self->answer);
  self->answer = g_strdup (proxies);
}

void
fake_resolver_answer (FakeResolver *self, const char *proxies)
{
  g_autoptr (GPtrArray) open = g_steal_pointer (&self->open);

  self->open = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < open->len; i++)
    return_answer (g_ptr_array_index (open, i), proxies);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

guint
fake_resolver_count (FakeResolver *self)
{
  return self->asked->len;
}

guint
fake_resolver_count_open (FakeResolver *self)
{
  return self->open->len;
}

const char *
fake_resolver_get_asked (FakeResolver *self, guint index)
{
  return g_ptr_array_index (self->asked, index);
}
