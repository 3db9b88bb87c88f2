/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/request-names.h"

#include "ui/client-name.h"

/* Clients choose their User-Agent and their model freely: one that sends a new one with every request
 * must not fill the memory, nor a menu. */
#define MAX_AGENTS  500
#define MAX_CHOICES 100

struct _JumpRequestNames
{
  GObject parent_instance;

  GHashTable *agents;  /* (owned) (element-type utf8 utf8): name by User-Agent */
  GHashTable *clients; /* (owned) (element-type utf8 utf8): a set */
  GHashTable *models;  /* (owned) (element-type utf8 utf8): a set */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JumpRequestNames, jump_request_names, G_TYPE_OBJECT)

static void
add_choice (JumpRequestNames *self, GHashTable *set, const char *name)
{
  if (g_hash_table_contains (set, name) || g_hash_table_size (set) >= MAX_CHOICES)
    return;
  g_hash_table_add (set, g_strdup (name));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
list_sorted (GHashTable *set)
{
  GPtrArray *names = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, set);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_ptr_array_add (names, name);
  g_ptr_array_sort (names, compare_names);
  return names;
}

static void
jump_request_names_finalize (GObject *object)
{
  JumpRequestNames *self = JUMP_REQUEST_NAMES (object);

  g_hash_table_unref (self->agents);
  g_hash_table_unref (self->clients);
  g_hash_table_unref (self->models);
  G_OBJECT_CLASS (jump_request_names_parent_class)->finalize (object);
}

static void
jump_request_names_class_init (JumpRequestNamesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jump_request_names_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed",
                                          G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          0);
}

static void
jump_request_names_init (JumpRequestNames *self)
{
  self->agents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->clients = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->models = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

JumpRequestNames *
jump_request_names_new (void)
{
  return g_object_new (JUMP_TYPE_REQUEST_NAMES, NULL);
}

/**
 * jump_request_names_get_client:
 * @user_agent: (nullable): as a record has it
 *
 * Returns: (transfer none): the name people know it by, which counts as seen now; valid until the
 *   next call
 */
const char *
jump_request_names_get_client (JumpRequestNames *self, const char *user_agent)
{
  const char *key = user_agent != NULL ? user_agent : "";
  char *name = g_hash_table_lookup (self->agents, key);

  if (name != NULL)
    return name;
  if (g_hash_table_size (self->agents) >= MAX_AGENTS)
    g_hash_table_remove_all (self->agents);
  name = jump_client_name_new (user_agent);
  g_hash_table_insert (self->agents, g_strdup (key), name);
  add_choice (self, self->clients, name);
  return name;
}

void
jump_request_names_add_model (JumpRequestNames *self, const char *model)
{
  if (model != NULL && *model != '\0')
    add_choice (self, self->models, model);
}

/**
 * jump_request_names_list_models:
 *
 * Returns: (transfer container) (element-type utf8): those seen, sorted; valid until the next one is
 */
GPtrArray *
jump_request_names_list_models (JumpRequestNames *self)
{
  return list_sorted (self->models);
}

GPtrArray *
jump_request_names_list_clients (JumpRequestNames *self)
{
  return list_sorted (self->clients);
}
