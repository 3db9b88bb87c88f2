/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-update"

#include "service/update/update-memory.h"

#include "service/base/json-read.h"
#include "service/base/paths.h"

#define FILE_MODE 0600

/**
 * jump_update_memory_load:
 * @self: (out caller-allocates): empty when there is no such file, or nothing that can be read
 * @path: absolute
 */
void
jump_update_memory_load (JumpUpdateMemory *self, const char *path)
{
  g_autofree char *text = NULL;
  g_autoptr (JsonObject) object = NULL;
  JsonObject *release;
  gsize length;

  *self = (JumpUpdateMemory){ 0 };
  if (g_file_get_contents (path, &text, &length, NULL))
    object = jump_json_parse_object (text, (gssize) length, NULL);
  if (object == NULL)
    return;
  release = jump_json_get_object (object, "release");
  self->feed_url = g_strdup (jump_json_get_string (object, "feed_url", NULL));
  self->asked_at = jump_json_get_int (object, "asked_at", 0);
  self->release = release == NULL ? NULL : jump_release_new (release, NULL);
  /* without the release, "nothing is new" would say nothing */
  if (self->release != NULL)
    self->etag = g_strdup (jump_json_get_string (object, "etag", NULL));
}

/**
 * jump_update_memory_save:
 * @self: what is known
 * @path: absolute; its folder is made
 *
 * A disk that is full costs one more question to the feed, so that nobody is told.
 */
void
jump_update_memory_save (const JumpUpdateMemory *self, const char *path)
{
  g_auto (JumpJsonWriter) writer = { 0 };
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (&writer, "feed_url", self->feed_url);
  jump_json_writer_member_int (&writer, "asked_at", self->asked_at);
  jump_json_writer_member_string (&writer, "etag", self->etag);
  jump_json_writer_member (&writer, "release");
  if (self->release != NULL)
    jump_release_write (self->release, &writer);
  else
    jump_json_writer_null (&writer);
  jump_json_writer_end_object (&writer);
  text = jump_json_writer_finish (&writer);
  if (!jump_paths_make_private_dir (folder, &error) ||
      !g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, FILE_MODE, &error))
    g_debug ("cannot keep what the release feed said: %s", error->message);
}

void
jump_update_memory_clear (JumpUpdateMemory *self)
{
  g_clear_pointer (&self->feed_url, g_free);
  g_clear_pointer (&self->etag, g_free);
  g_clear_pointer (&self->release, jump_release_free);
  self->asked_at = 0;
}
