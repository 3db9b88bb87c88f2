/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "tests/unit/simulator-fixture.h"

/* The events of a stream of the simulator, read apart from the service's own parser. */

typedef struct
{
  GPtrArray *types;   /* (element-type utf8): of the event lines */
  GPtrArray *objects; /* (element-type JsonObject) */
} EventList;

static inline void
event_list_clear (EventList *self)
{
  g_clear_pointer (&self->types, g_ptr_array_unref);
  g_clear_pointer (&self->objects, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EventList, event_list_clear)

static inline void
event_list_init (EventList *self, const char *body)
{
  g_auto (GStrv) pieces = g_strsplit (body, "\n\n", -1);

  self->types = g_ptr_array_new_with_free_func (g_free);
  self->objects = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  for (guint i = 0; pieces[i] != NULL && *pieces[i] != '\0'; i++)
    {
      g_auto (GStrv) lines = g_strsplit (pieces[i], "\n", 2);

      if (!g_str_has_prefix (lines[0], "event: "))
        continue;
      g_assert_true (g_str_has_prefix (lines[1], "data: "));
      g_ptr_array_add (self->types, g_strdup (lines[0] + strlen ("event: ")));
      g_ptr_array_add (self->objects, parse (lines[1] + strlen ("data: ")));
    }
}

/* Returns: the event, NULL when there are fewer of that type */
static inline JsonObject *
event_list_find (const EventList *self, const char *type, guint n)
{
  for (guint i = 0; i < self->types->len; i++)
    {
      if (!g_str_equal (self->types->pdata[i], type))
        continue;
      if (n == 0)
        return self->objects->pdata[i];
      n--;
    }
  return NULL;
}

/* The types in order, those that follow themselves once. */
static inline void
assert_order (const EventList *self, const char *expected)
{
  g_autoptr (GString) order = g_string_new (NULL);
  const char *last = "";

  for (guint i = 0; i < self->types->len; i++)
    {
      const char *type = self->types->pdata[i];

      if (!g_str_equal (type, last))
        g_string_append_printf (order, "%s\n", type);
      last = type;
    }
  g_assert_cmpstr (order->str, ==, expected);
}
