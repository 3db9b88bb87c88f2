/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/models/catalog-fetch.h"

/* Goes along with one call of the source; outlives the rest when that goes first. */
typedef struct
{
  JumpCatalogFetch *fetch;   /* (nullable): NULL once nobody wants the answer */
  GCancellable *cancellable; /* (owned) */
} Flight;

typedef struct
{
  JumpCatalogFetch *fetch;
  GTask *task;            /* (owned): keeps the catalogue alive */
  GSource *cancel_source; /* (owned) (nullable) */
} Waiter;

struct _JumpCatalogFetch
{
  JumpCatalogSource source;
  JumpCatalogFetchFuncs funcs;
  gpointer user_data;
  Flight *flight;     /* (nullable): belongs to the callback that is to come */
  GPtrArray *waiters; /* (owned) (element-type Waiter) */
  guint count;
};

static void
waiter_free (gpointer data)
{
  Waiter *waiter = data;

  if (waiter->cancel_source != NULL)
    g_source_destroy (waiter->cancel_source);
  g_clear_pointer (&waiter->cancel_source, g_source_unref);
  g_clear_object (&waiter->task);
  g_free (waiter);
}

static void
on_list_fetched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Flight *flight = user_data;
  JumpCatalogFetch *self = flight->fetch;
  g_autoptr (GPtrArray) waiters = NULL;
  GBytes *content;
  GError *problem = NULL;

  g_clear_object (&flight->cancellable);
  if (self == NULL)
    return;
  self->flight = NULL;
  waiters = g_steal_pointer (&self->waiters);
  self->waiters = g_ptr_array_new_with_free_func (waiter_free);
  content = self->source.fetch_finish (self->source.source, result, &problem);
  /* The tasks keep the catalogue, and so @self, alive. Without any nothing follows. */
  self->funcs.on_ended (content, problem, self->user_data);
  g_clear_pointer (&content, g_bytes_unref);
  for (guint i = 0; i < waiters->len; i++)
    {
      Waiter *waiter = g_ptr_array_index (waiters, i);

      self->funcs.on_answer_wanted (waiter->task, self->user_data);
    }
}

static gboolean
on_waiter_cancelled (GCancellable *cancellable, gpointer user_data)
{
  Waiter *waiter = user_data;
  g_autoptr (GTask) task = g_object_ref (waiter->task);

  g_ptr_array_remove (waiter->fetch->waiters, waiter);
  g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

static void
drop_flight (JumpCatalogFetch *self)
{
  Flight *flight = g_steal_pointer (&self->flight);

  if (flight == NULL)
    return;
  flight->fetch = NULL;
  g_cancellable_cancel (flight->cancellable);
}

/**
 * jump_catalog_fetch_new:
 * @source: how to get the list; copied
 * @funcs: copied
 * @user_data: for @funcs
 *
 * Returns: (transfer full): nothing is fetched yet
 */
JumpCatalogFetch *
jump_catalog_fetch_new (const JumpCatalogSource *source,
                        const JumpCatalogFetchFuncs *funcs,
                        gpointer user_data)
{
  JumpCatalogFetch *self = g_new0 (JumpCatalogFetch, 1);

  self->source = *source;
  self->funcs = *funcs;
  self->user_data = user_data;
  self->waiters = g_ptr_array_new_with_free_func (waiter_free);
  return self;
}

/**
 * jump_catalog_fetch_free:
 * @self: (transfer full): the fetch
 */
void
jump_catalog_fetch_free (JumpCatalogFetch *self)
{
  drop_flight (self);
  g_ptr_array_unref (self->waiters);
  g_free (self);
}

/**
 * jump_catalog_fetch_start:
 *
 * Does nothing while a call is under way.
 */
void
jump_catalog_fetch_start (JumpCatalogFetch *self)
{
  g_autoptr (GCancellable) cancellable = NULL;

  if (self->flight != NULL)
    return;
  cancellable = g_cancellable_new ();
  self->flight = g_new0 (Flight, 1);
  self->flight->fetch = self;
  self->flight->cancellable = g_object_ref (cancellable);
  self->count++;
  self->source.fetch_async (self->source.source, cancellable, on_list_fetched, self->flight);
}

/**
 * jump_catalog_fetch_wait:
 * @self: the fetch
 * @task: answered when the call ends, or at once when its own cancellable is cancelled; the call
 *   goes on then, for the next one wants the list too
 */
void
jump_catalog_fetch_wait (JumpCatalogFetch *self, GTask *task)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  Waiter *waiter = g_new0 (Waiter, 1);

  waiter->fetch = self;
  waiter->task = g_object_ref (task);
  if (cancellable != NULL)
    {
      waiter->cancel_source = g_cancellable_source_new (cancellable);
      g_source_set_callback (waiter->cancel_source,
                             G_SOURCE_FUNC (on_waiter_cancelled),
                             waiter,
                             NULL);
      g_source_attach (waiter->cancel_source, g_task_get_context (task));
    }
  g_ptr_array_add (self->waiters, waiter);
  jump_catalog_fetch_start (self);
}

/**
 * jump_catalog_fetch_restart:
 *
 * The answer of the call under way is not wanted any more: closes it. Whoever waits gets the
 * answer of a new one.
 */
void
jump_catalog_fetch_restart (JumpCatalogFetch *self)
{
  drop_flight (self);
  if (self->waiters->len > 0)
    jump_catalog_fetch_start (self);
}

/**
 * jump_catalog_fetch_is_running:
 *
 * Returns: whether a call is under way
 */
gboolean
jump_catalog_fetch_is_running (JumpCatalogFetch *self)
{
  return self->flight != NULL;
}

/**
 * jump_catalog_fetch_get_count:
 *
 * Returns: how many calls were started
 */
guint
jump_catalog_fetch_get_count (JumpCatalogFetch *self)
{
  return self->count;
}
