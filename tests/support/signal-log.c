/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/support/signal-log.h"

struct _JumpSignalLog
{
  GPtrArray *entries;  /* (owned) (element-type utf8) */
  GPtrArray *closures; /* (owned) (element-type GClosure) */
};

typedef struct
{
  GClosure closure;
  JumpSignalLog *log;
  char *signal; /* (owned) */
} LogClosure;

static void
append_value (GString *entry, const GValue *value)
{
  if (G_VALUE_HOLDS (value, G_TYPE_ERROR))
    {
      const GError *error = g_value_get_boxed (value);

      g_string_append (entry, error == NULL ? "no error" : error->message);
    }
  else if (G_VALUE_HOLDS_INT (value))
    g_string_append_printf (entry, "%d", g_value_get_int (value));
  else if (G_VALUE_HOLDS_OBJECT (value))
    {
      GObject *object = g_value_get_object (value);

      g_string_append (entry, object == NULL ? "NULL" : G_OBJECT_TYPE_NAME (object));
    }
  else
    {
      g_autofree char *text = g_strdup_value_contents (value);

      g_string_append (entry, text);
    }
}

static void
on_signal_emitted (GClosure *closure,
                   GValue *return_value,
                   guint n_values,
                   const GValue *values,
                   gpointer hint,
                   gpointer marshal_data)
{
  LogClosure *self = (LogClosure *) closure;
  GString *entry = g_string_new (self->signal);
  gboolean is_notify = n_values == 2 && G_VALUE_HOLDS_PARAM (&values[1]);

  for (guint i = 1; i < n_values && !is_notify; i++)
    {
      g_string_append (entry, i == 1 ? " (" : ", ");
      append_value (entry, &values[i]);
      if (i + 1 == n_values)
        g_string_append_c (entry, ')');
    }
  g_ptr_array_add (self->log->entries, g_string_free (entry, FALSE));
}

static void
on_closure_finalized (gpointer data, GClosure *closure)
{
  g_free (((LogClosure *) closure)->signal);
}

/* Disconnects as well, since an invalid closure is never called. */
static void
drop_closure (gpointer data)
{
  GClosure *closure = data;

  g_closure_invalidate (closure);
  g_closure_unref (closure);
}

JumpSignalLog *
jump_signal_log_new (void)
{
  JumpSignalLog *self = g_new0 (JumpSignalLog, 1);

  self->entries = g_ptr_array_new_with_free_func (g_free);
  self->closures = g_ptr_array_new_with_free_func (drop_closure);
  return self;
}

void
jump_signal_log_free (JumpSignalLog *self)
{
  if (self == NULL)
    return;
  jump_signal_log_assert (self, NULL);
  g_ptr_array_unref (self->closures);
  g_ptr_array_unref (self->entries);
  g_free (self);
}

void
jump_signal_log_attach (JumpSignalLog *self, GObject *object, const char *signal)
{
  GClosure *closure = g_closure_new_simple (sizeof (LogClosure), NULL);
  LogClosure *log_closure = (LogClosure *) closure;

  log_closure->log = self;
  log_closure->signal = g_strdup (signal);
  g_closure_set_marshal (closure, on_signal_emitted);
  g_closure_add_finalize_notifier (closure, NULL, on_closure_finalized);
  g_ptr_array_add (self->closures, g_closure_ref (closure));
  g_closure_sink (closure);
  g_signal_connect_closure (object, signal, closure, FALSE);
}

void
jump_signal_log_assert (JumpSignalLog *self, ...)
{
  g_autoptr (GString) expected = g_string_new (NULL);
  g_autoptr (GString) found = g_string_new (NULL);
  const char *entry;
  va_list arguments;

  va_start (arguments, self);
  while ((entry = va_arg (arguments, const char *)) != NULL)
    g_string_append_printf (expected, "%s\n", entry);
  va_end (arguments);
  for (guint i = 0; i < self->entries->len; i++)
    g_string_append_printf (found, "%s\n", (const char *) g_ptr_array_index (self->entries, i));
  g_assert_cmpstr (found->str, ==, expected->str);
  jump_signal_log_clear (self);
}

guint
jump_signal_log_count (JumpSignalLog *self)
{
  return self->entries->len;
}

void
jump_signal_log_clear (JumpSignalLog *self)
{
  g_ptr_array_set_size (self->entries, 0);
}
