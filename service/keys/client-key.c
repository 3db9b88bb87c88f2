/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/keys/client-key.h"

#include "service/base/error.h"
#include "service/base/json-read.h"
#include "service/keys/client-key-private.h"
#include "service/keys/key-limits.h"

#include <string.h>

#define HINT_LENGTH 4
#define MINUTE      60

struct _JumpClientKey
{
  GObject parent_instance;

  char *id;           /* (owned) */
  char *name;         /* (owned) */
  char *display_name; /* (owned) (nullable) */
  char *hint;         /* (owned) */
  guint8 hash[JUMP_CLIENT_KEY_HASH_BYTES];
  JumpClientKeyState state;
  gboolean is_given;
  gint64 created;
  gint64 last_used;
  JumpKeyLimits limits; /* (owned) */
  JumpClientPass *pass; /* (owned) */
  JsonObject *row;      /* (owned) (nullable): as it was read, for what else stands in it */
};

G_DEFINE_FINAL_TYPE (JumpClientKey, jump_client_key, G_TYPE_OBJECT)

/* The members that are written anew; whatever else a row has is kept as it is. */
static const char *const own_members[] = {
  "id",        "name",   "display_name",        "hint",       "sha256",        "state", "created",
  "last_used", "models", "requests_per_minute", "concurrent", "daily_credits", "given", NULL,
};

static gboolean
set_expected (GError **error, const char *member, const char *expected)
{
  g_set_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST, "%s: expected %s", member, expected);
  return FALSE;
}

static gboolean
parse_hash (const char *text, guint8 *out_hash)
{
  if (text == NULL || strlen (text) != 2 * JUMP_CLIENT_KEY_HASH_BYTES)
    return FALSE;
  for (gsize i = 0; i < JUMP_CLIENT_KEY_HASH_BYTES; i++)
    {
      int high = g_ascii_xdigit_value (text[2 * i]);
      int low = g_ascii_xdigit_value (text[2 * i + 1]);

      if (high < 0 || low < 0)
        return FALSE;
      out_hash[i] = (guint8) (high << 4 | low);
    }
  return TRUE;
}

static gboolean
parse_state (const char *text, JumpClientKeyState *out_state)
{
  static const JumpClientKeyState states[] = {
    JUMP_CLIENT_KEY_PENDING,
    JUMP_CLIENT_KEY_ACTIVE,
    JUMP_CLIENT_KEY_REVOKED,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    {
      if (g_strcmp0 (jump_client_key_state_to_string (states[i]), text) == 0)
        {
          *out_state = states[i];
          return TRUE;
        }
    }
  return FALSE;
}

static void
renew_pass (JumpClientKey *self)
{
  g_clear_pointer (&self->pass, jump_client_pass_unref);
  self->pass =
      jump_client_pass_new (self->id, self->name, (const char *const *) self->limits.models);
}

static void
clear (JumpClientKey *self)
{
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->display_name, g_free);
  g_clear_pointer (&self->hint, g_free);
  g_clear_pointer (&self->pass, jump_client_pass_unref);
  g_clear_pointer (&self->row, json_object_unref);
  jump_key_limits_clear (&self->limits);
}

static void
jump_client_key_finalize (GObject *object)
{
  clear (JUMP_CLIENT_KEY (object));
  G_OBJECT_CLASS (jump_client_key_parent_class)->finalize (object);
}

static void
jump_client_key_class_init (JumpClientKeyClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jump_client_key_finalize;
}

static void
jump_client_key_init (JumpClientKey *self)
{
}

/* ---- for everybody ---- */

const char *
jump_client_key_get_id (JumpClientKey *self)
{
  return self->id;
}

const char *
jump_client_key_get_name (JumpClientKey *self)
{
  return self->name;
}

const char *
jump_client_key_get_display_name (JumpClientKey *self)
{
  return self->display_name;
}

const char *
jump_client_key_get_hint (JumpClientKey *self)
{
  return self->hint;
}

JumpClientKeyState
jump_client_key_get_state (JumpClientKey *self)
{
  return self->state;
}

const char *
jump_client_key_state_to_string (JumpClientKeyState state)
{
  switch (state)
    {
    case JUMP_CLIENT_KEY_PENDING:
      return "pending";
    case JUMP_CLIENT_KEY_ACTIVE:
      return "active";
    case JUMP_CLIENT_KEY_REVOKED:
      return "revoked";
    }
  return "revoked";
}

gint64
jump_client_key_get_created (JumpClientKey *self)
{
  return self->created;
}

gint64
jump_client_key_get_last_used (JumpClientKey *self)
{
  return self->last_used;
}

const JumpKeyLimits *
jump_client_key_get_limits (JumpClientKey *self)
{
  return &self->limits;
}

JumpClientPass *
jump_client_key_get_pass (JumpClientKey *self)
{
  return self->pass;
}

/* ---- for the store ---- */

/**
 * jump_client_key_new:
 * @id: 8 hex digits
 * @name: for people
 * @display_name: (nullable): of a sign-up
 * @secret: what a client will show
 * @state: of the key
 * @created: wall seconds
 *
 * Returns: (transfer full): a key without limits
 */
JumpClientKey *
jump_client_key_new (const char *id,
                     const char *name,
                     const char *display_name,
                     const char *secret,
                     JumpClientKeyState state,
                     gint64 created)
{
  JumpClientKey *self = g_object_new (JUMP_TYPE_CLIENT_KEY, NULL);

  self->id = g_strdup (id);
  self->name = g_strdup (name);
  self->display_name = g_strdup (display_name);
  self->hint = g_strdup (secret + strlen (secret) - HINT_LENGTH);
  jump_client_key_hash (secret, self->hash);
  self->state = state;
  self->created = created;
  renew_pass (self);
  return self;
}

/**
 * jump_client_key_new_from_row:
 * @row: of the file
 * @error: JUMP_ERROR_BAD_REQUEST
 *
 * Returns: (transfer full) (nullable)
 */
JumpClientKey *
jump_client_key_new_from_row (JsonObject *row, GError **error)
{
  g_autoptr (JumpClientKey) self = g_object_new (JUMP_TYPE_CLIENT_KEY, NULL);
  gboolean is_good;

  self->row = json_object_ref (row);
  self->id = g_strdup (jump_json_get_string (row, "id", ""));
  self->name = g_strdup (jump_json_get_string (row, "name", ""));
  self->display_name = g_strdup (jump_json_get_string (row, "display_name", NULL));
  self->hint = g_strdup (jump_json_get_string (row, "hint", ""));
  self->created = jump_json_get_int (row, "created", 0);
  self->last_used = jump_json_get_int (row, "last_used", 0);
  self->is_given = jump_json_get_boolean (row, "given", FALSE);
  is_good = (*self->id != '\0' || set_expected (error, "id", "8 hexadecimal digits")) &&
            (*self->name != '\0' || set_expected (error, "name", "a name")) &&
            (parse_hash (jump_json_get_string (row, "sha256", NULL), self->hash) ||
             set_expected (error, "sha256", "64 hexadecimal digits")) &&
            (parse_state (jump_json_get_string (row, "state", NULL), &self->state) ||
             set_expected (error, "state", "\"pending\", \"active\" or \"revoked\"")) &&
            jump_key_limits_read (&self->limits, row, error);
  if (!is_good)
    return NULL;
  renew_pass (self);
  return g_steal_pointer (&self);
}

static void
write_hash (JumpClientKey *self, JumpJsonWriter *writer)
{
  char text[2 * JUMP_CLIENT_KEY_HASH_BYTES + 1];

  for (gsize i = 0; i < JUMP_CLIENT_KEY_HASH_BYTES; i++)
    g_snprintf (text + 2 * i, 3, "%02x", self->hash[i]);
  jump_json_writer_member_string (writer, "sha256", text);
}

static void
write_unknown_members (JumpClientKey *self, JumpJsonWriter *writer)
{
  g_autoptr (GList) members = self->row == NULL ? NULL : json_object_get_members (self->row);

  for (GList *item = members; item != NULL; item = item->next)
    {
      if (g_strv_contains (own_members, item->data))
        continue;
      jump_json_writer_member (writer, item->data);
      jump_json_writer_node (writer, json_object_get_member (self->row, item->data));
    }
}

/**
 * jump_client_key_write_row:
 * @self: a key
 * @writer: where an object may stand
 */
void
jump_client_key_write_row (JumpClientKey *self, JumpJsonWriter *writer)
{
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "id", self->id);
  jump_json_writer_member_string (writer, "name", self->name);
  if (self->display_name != NULL)
    jump_json_writer_member_string (writer, "display_name", self->display_name);
  write_hash (self, writer);
  jump_json_writer_member_string (writer, "hint", self->hint);
  jump_json_writer_member_string (writer, "state", jump_client_key_state_to_string (self->state));
  jump_json_writer_member_int (writer, "created", self->created);
  jump_json_writer_member_int (writer, "last_used", self->last_used);
  if (self->is_given)
    jump_json_writer_member_boolean (writer, "given", TRUE);
  jump_key_limits_write (&self->limits, writer);
  write_unknown_members (self, writer);
  jump_json_writer_end_object (writer);
}

void
jump_client_key_hash (const char *secret, guint8 out_hash[JUMP_CLIENT_KEY_HASH_BYTES])
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize length = JUMP_CLIENT_KEY_HASH_BYTES;

  g_checksum_update (sum, (const guchar *) secret, (gssize) strlen (secret));
  g_checksum_get_digest (sum, out_hash, &length);
}

gboolean
jump_client_key_has_hash (JumpClientKey *self, const guint8 hash[JUMP_CLIENT_KEY_HASH_BYTES])
{
  guint8 difference = 0;

  for (gsize i = 0; i < JUMP_CLIENT_KEY_HASH_BYTES; i++)
    difference |= self->hash[i] ^ hash[i];
  return difference == 0;
}

gboolean
jump_client_key_is_given (JumpClientKey *self)
{
  return self->is_given;
}

void
jump_client_key_set_given (JumpClientKey *self, const char *secret)
{
  self->is_given = TRUE;
  g_free (self->hint);
  self->hint = g_strdup (secret + strlen (secret) - HINT_LENGTH);
  jump_client_key_hash (secret, self->hash);
}

void
jump_client_key_set_state (JumpClientKey *self, JumpClientKeyState state)
{
  self->state = state;
}

/**
 * jump_client_key_set_limits:
 * @self: a key
 * @limits: (nullable): copied; NULL for none
 *
 * Requests under way go on with what they were admitted for.
 */
void
jump_client_key_set_limits (JumpClientKey *self, const JumpKeyLimits *limits)
{
  JumpKeyLimits copy;

  jump_key_limits_copy (limits, &copy);
  jump_key_limits_clear (&self->limits);
  self->limits = copy;
  renew_pass (self);
}

gboolean
jump_client_key_note_use (JumpClientKey *self, gint64 now)
{
  gint64 minute = now - now % MINUTE;

  if (minute == self->last_used)
    return FALSE;
  self->last_used = minute;
  return TRUE;
}

void
jump_client_key_become (JumpClientKey *self, JumpClientKey *newer)
{
  gint64 last_used = MAX (self->last_used, newer->last_used);

  clear (self);
  self->id = g_strdup (newer->id);
  self->name = g_strdup (newer->name);
  self->display_name = g_strdup (newer->display_name);
  self->hint = g_strdup (newer->hint);
  memcpy (self->hash, newer->hash, sizeof self->hash);
  self->state = newer->state;
  self->is_given = newer->is_given;
  self->created = newer->created;
  self->last_used = last_used;
  self->row = newer->row == NULL ? NULL : json_object_ref (newer->row);
  jump_client_key_set_limits (self, &newer->limits);
}
