/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/dialect.h"
#include "service/transcript.h"

#include <string.h>

/* Every reply of tests/fixtures is there in the words of every client's API: people read the same in all. */

static JumpExchangeRecord *
new_record (const JumpDialect *dialect)
{
  JumpExchangeRecord *record = jump_exchange_record_new ();
  gboolean is_ollama =
      dialect->id == JUMP_DIALECT_OLLAMA_CHAT || dialect->id == JUMP_DIALECT_OLLAMA_GENERATE;

  record->state = JUMP_EXCHANGE_ENDED;
  record->id = g_strdup ("req_test");
  record->api = is_ollama ? "ollama" : dialect->name;
  record->path =
      g_strdup (dialect->id == JUMP_DIALECT_OLLAMA_GENERATE ? "/api/generate" : "/api/chat");
  record->status = 200;
  return record;
}

/* Returns: (transfer full) (nullable): the texts of @kind in the transcript of a client's file, one after the
 * other; NULL: there is no such file */
static char *
read_kind (const char *folder, const JumpDialect *dialect, JumpTranscriptKind kind)
{
  static const char *const endings[] = { "json", "sse", "ndjson" };

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *name = g_strdup_printf ("client.%s.%s", dialect->name, endings[i]);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *content = NULL;
      g_autoptr (JumpExchangeRecord) record = NULL;
      g_autoptr (GPtrArray) parts = NULL;
      g_autoptr (GString) texts = NULL;
      gsize length;

      if (!g_file_get_contents (path, &content, &length, NULL))
        continue;
      record = new_record (dialect);
      record->reply_body = g_byte_array_new ();
      g_byte_array_append (record->reply_body, (const guint8 *) content, (guint) length);
      parts = jump_transcript_new (record);
      texts = g_string_new (NULL);
      for (guint p = 0; p < parts->len; p++)
        {
          const JumpTranscriptPart *part = parts->pdata[p];

          if (part->kind == kind)
            g_string_append (texts, part->title != NULL ? part->title : part->text);
        }
      return g_string_free (g_steal_pointer (&texts), FALSE);
    }
  return NULL;
}

/* Blank lines between parts are each API's own matter. */
static void
strip_space (char *text)
{
  char *to = text;

  for (const char *from = text; *from != '\0'; from++)
    if (!g_ascii_isspace (*from))
      *to++ = *from;
  *to = '\0';
}

static void
compare (const char *folder, JumpTranscriptKind kind, guint dialects)
{
  g_autofree char *expected = NULL;
  const char *of = NULL;

  for (guint i = 0; i < JUMP_N_DIALECTS; i++)
    {
      const JumpDialect *dialect = jump_dialect_get (i);
      g_autofree char *text =
          (dialects & (1u << i)) != 0 ? read_kind (folder, dialect, kind) : NULL;

      if (text == NULL)
        continue;
      strip_space (text);
      g_test_message ("%s %s: %s", folder, dialect->name, text);
      if (expected != NULL)
        g_assert_cmpstr (text, ==, expected);
      else
        expected = g_steal_pointer (&text);
      of = dialect->name;
    }
  g_assert_nonnull (of);
}

#define ALL ((1u << JUMP_N_DIALECTS) - 1)
#define WITH_TOOLS                                                                        \
  (1u << JUMP_DIALECT_CHAT | 1u << JUMP_DIALECT_RESPONSES | 1u << JUMP_DIALECT_MESSAGES | \
   1u << JUMP_DIALECT_OLLAMA_CHAT)

static void
test_reply (gconstpointer data)
{
  const char *folder = data;

  compare (folder, JUMP_TRANSCRIPT_ASSISTANT, ALL);
  compare (folder, JUMP_TRANSCRIPT_TOOL_CALL, WITH_TOOLS);
  compare (folder, JUMP_TRANSCRIPT_ERROR, ALL);
}

static void
test_request (gconstpointer data)
{
  const char *folder = data;
  g_autofree char *dialect_folder = g_path_get_dirname (folder);
  g_autofree char *name = g_path_get_basename (dialect_folder);
  g_autofree char *path = g_build_filename (folder, "request.json", NULL);
  g_autoptr (JumpExchangeRecord) record = new_record (jump_dialect_find (name));
  g_autoptr (GPtrArray) parts = NULL;
  char *content = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  record->request_body = g_bytes_new_take (content, length);
  parts = jump_transcript_new (record);
  g_assert_cmpuint (parts->len, >, 0);
  for (guint i = 0; i < parts->len; i++)
    g_assert_true (g_utf8_validate (((JumpTranscriptPart *) parts->pdata[i])->text, -1, NULL));
}

static gboolean
has_file (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
add_folder (const char *prefix, const char *folder, GTestDataFunc test)
{
  g_autofree char *name = g_path_get_basename (folder);
  g_autofree char *path = g_strdup_printf ("/transcript-fixtures/%s/%s", prefix, name);

  g_test_add_data_func_full (path, g_strdup (folder), test, g_free);
}

static void
add_cases (const JumpDialect *dialect)
{
  g_autofree char *root = g_test_build_filename (G_TEST_DIST, "fixtures", dialect->name, NULL);
  g_autoptr (GDir) dir = g_dir_open (root, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *folder = g_build_filename (root, name, NULL);
      g_autofree char *replies = g_strdup_printf ("%s/replies", dialect->name);
      g_autofree char *requests = g_strdup_printf ("%s/requests", dialect->name);

      if (has_file (folder, "client.chat.sse") || has_file (folder, "client.chat.json"))
        add_folder (replies, folder, test_reply);
      if (has_file (folder, "request.json") && has_file (folder, "prompt.json"))
        add_folder (requests, folder, test_request);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < JUMP_N_DIALECTS; i++)
    add_cases (jump_dialect_get (i));
  return g_test_run ();
}
