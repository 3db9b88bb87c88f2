/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/keys/key-limits.h"

#include "service/base/error.h"
#include "service/base/json-read.h"
#include "service/base/limits.h"

#include <string.h>

/* More than any desk sends; the meter keeps a time stamp for each. */
#define MAX_REQUESTS_PER_MINUTE 6000
#define MAX_CONCURRENT          1000
#define MAX_DAILY_CREDITS       1e6 /* 10 000 USD */
#define MAX_MODELS              100

static gboolean
set_expected (GError **error, const char *member, const char *expected)
{
  g_set_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST, "%s: expected %s", member, expected);
  return FALSE;
}

static gboolean
read_count (JsonObject *object, const char *member, guint max, guint *out_count, GError **error)
{
  gint64 number;

  if (!json_object_has_member (object, member))
    return TRUE;
  number = jump_json_has_value (object, member) ? jump_json_get_int (object, member, -1) : 0;
  if (number < 0 || number > max)
    {
      g_autofree char *expected =
          g_strdup_printf ("a whole number from 0 (no limit) to %u, or null", max);

      return set_expected (error, member, expected);
    }
  *out_count = (guint) number;
  return TRUE;
}

static gboolean
read_credits (JsonObject *object, double *out_credits, GError **error)
{
  const char *member = "daily_credits";
  double number;

  if (!json_object_has_member (object, member))
    return TRUE;
  number = jump_json_has_value (object, member) ? jump_json_get_double (object, member, -1) : 0;
  if (!(number >= 0 && number <= MAX_DAILY_CREDITS))
    return set_expected (error, member, "a number from 0 (no limit) to 1000000, or null");
  *out_credits = number;
  return TRUE;
}

static gboolean
is_model_name (const char *name)
{
  if (name == NULL || *name == '\0' || strlen (name) > JUMP_LIMIT_MODEL_NAME)
    return FALSE;
  for (const char *c = name; *c != '\0'; c++)
    {
      if ((guchar) *c <= ' ' || *c == '\x7f')
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_models (JsonObject *object, GStrv *models, GError **error)
{
  const char *expected = "a list of 1 to 100 names of models, or null for all";
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array = jump_json_get_array (object, "models");
  guint length = array == NULL ? 0 : json_array_get_length (array);

  if (!json_object_has_member (object, "models"))
    return TRUE;
  if (!jump_json_has_value (object, "models"))
    {
      g_clear_pointer (models, g_strfreev);
      return TRUE;
    }
  /* An empty list would mean "none" to some and "all" to others. */
  if (length == 0 || length > MAX_MODELS)
    return set_expected (error, "models", expected);
  for (guint i = 0; i < length; i++)
    {
      const char *name = jump_json_array_get_string (array, i);

      if (!is_model_name (name))
        return set_expected (error, "models", expected);
      g_strv_builder_add (builder, name);
    }
  g_strfreev (*models);
  *models = g_strv_builder_end (builder);
  return TRUE;
}

void
jump_key_limits_clear (JumpKeyLimits *self)
{
  g_clear_pointer (&self->models, g_strfreev);
}

/**
 * jump_key_limits_copy:
 * @self: (nullable): limits; NULL for none
 * @out_copy: (out caller-allocates): the same, its own; an empty list of models becomes none
 */
void
jump_key_limits_copy (const JumpKeyLimits *self, JumpKeyLimits *out_copy)
{
  *out_copy = (JumpKeyLimits){ 0 };
  if (self == NULL)
    return;
  *out_copy = *self;
  out_copy->models =
      self->models != NULL && self->models[0] != NULL ? g_strdupv (self->models) : NULL;
}

/**
 * jump_key_limits_read:
 * @self: changed by what @object says
 * @object: with any other members, too
 * @error: JUMP_ERROR_BAD_REQUEST
 *
 * A limit that is not understood is never taken for none.
 *
 * Returns: whether all of it made sense
 */
gboolean
jump_key_limits_read (JumpKeyLimits *self, JsonObject *object, GError **error)
{
  return read_models (object, &self->models, error) &&
         read_count (object,
                     "requests_per_minute",
                     MAX_REQUESTS_PER_MINUTE,
                     &self->requests_per_minute,
                     error) &&
         read_count (object, "concurrent", MAX_CONCURRENT, &self->concurrent, error) &&
         read_credits (object, &self->daily_credits, error);
}

static void
write_count (JumpJsonWriter *writer, const char *member, guint count)
{
  jump_json_writer_member (writer, member);
  if (count == 0)
    jump_json_writer_null (writer);
  else
    jump_json_writer_int (writer, count);
}

/**
 * jump_key_limits_write:
 * @self: limits
 * @writer: inside an object
 */
void
jump_key_limits_write (const JumpKeyLimits *self, JumpJsonWriter *writer)
{
  jump_json_writer_member (writer, "models");
  if (self->models == NULL)
    jump_json_writer_null (writer);
  else
    {
      jump_json_writer_begin_array (writer);
      for (guint i = 0; self->models[i] != NULL; i++)
        jump_json_writer_string (writer, self->models[i]);
      jump_json_writer_end_array (writer);
    }
  write_count (writer, "requests_per_minute", self->requests_per_minute);
  write_count (writer, "concurrent", self->concurrent);
  jump_json_writer_member (writer, "daily_credits");
  if (self->daily_credits > 0)
    jump_json_writer_double (writer, self->daily_credits);
  else
    jump_json_writer_null (writer);
}
