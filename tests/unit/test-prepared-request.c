/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/json-read.h"
#include "service/relay/prepared-request.h"

typedef struct
{
  JumpDialectId client;
  JumpDialectId upstream;
  const char *body;
  const char *there; /* (nullable): in what is sent */
  const char *changes;
  gboolean is_same; /* not a byte was touched */
  gboolean has_image;
  gboolean wants_thinking;
} Row;

#define PIXEL \
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

static const Row rows[] = {
  { JUMP_DIALECT_CHAT,
    JUMP_DIALECT_CHAT,
    "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
    "\"hi\"",
    "",
    TRUE,
    FALSE,
    FALSE },
  { JUMP_DIALECT_MESSAGES,
    JUMP_DIALECT_CHAT,
    "{\"model\":\"other\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
    "\"model\":\"m\"",
    "",
    FALSE,
    FALSE,
    FALSE },
  { JUMP_DIALECT_MESSAGES,
    JUMP_DIALECT_RESPONSES,
    "{\"model\":\"m\",\"max_tokens\":2000,\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1100},"
    "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
    "\"store\":false",
    "",
    FALSE,
    FALSE,
    TRUE },
  { JUMP_DIALECT_OLLAMA_CHAT,
    JUMP_DIALECT_CHAT,
    "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\",\"images\":[\"" PIXEL
    "\"]}]}",
    "data:image/png;base64,",
    "",
    FALSE,
    TRUE,
    TRUE },
  { JUMP_DIALECT_RESPONSES,
    JUMP_DIALECT_CHAT,
    "{\"model\":\"m\",\"input\":\"hi\",\"tools\":[{\"type\":\"function\",\"name\":"
    "\"a name with spaces\",\"parameters\":{\"type\":\"object\"}}]}",
    "\"tools\"",
    "tools-renamed",
    FALSE,
    FALSE,
    FALSE },
};

static void
check_row (const Row *row)
{
  g_autoptr (JsonNode) node =
      jump_json_parse ("{\"id\":\"m\",\"capabilities\":{\"supports\":{\"vision\":true}}}",
                       -1,
                       NULL);
  g_autoptr (JumpModel) model = jump_model_new_from_json (node);
  g_autoptr (GBytes) body = g_bytes_new_static (row->body, strlen (row->body));
  const JumpDialect *client = jump_dialect_get (row->client);
  g_auto (JumpPreparedRequest) prepared = { NULL };
  g_autoptr (GError) error = NULL;
  JumpRequestFacts facts;
  JumpPrepareOrder order = {
    .client = client,
    .choice = { jump_dialect_get (row->upstream), row->client != row->upstream },
    .body = body,
    .facts = &facts,
    .model_id = "m",
    .model = model,
  };
  g_autofree char *sent = NULL;

  g_assert_true (client->scan (&facts, row->body, strlen (row->body), &error));
  g_assert_true (jump_prepared_request_make (&prepared, &order, &error));
  g_assert_no_error (error);
  sent = g_strndup (g_bytes_get_data (prepared.body, NULL), g_bytes_get_size (prepared.body));
  g_test_message ("%s [%s]", sent, prepared.changes);
  g_assert_nonnull (strstr (sent, row->there));
  g_assert_nonnull (strstr (prepared.changes, row->changes));
  g_assert_cmpint (prepared.body == body, ==, row->is_same);
  g_assert_cmpint (prepared.has_image, ==, row->has_image);
  g_assert_cmpint (prepared.wants_thinking, ==, row->wants_thinking);
}

static void
test_rows (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    check_row (&rows[i]);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/prepared-request/rows", test_rows);
  return g_test_run ();
}
