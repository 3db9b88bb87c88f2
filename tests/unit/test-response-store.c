/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/dialects/dialect.h"
#include "service/relay/response-store.h"
#include "tests/support/clock-fake.h"

#include <string.h>

#define REQUEST(rest) "{\"model\":\"m\"," rest "}"
#define RESPONSE(text)                                                                           \
  "{\"id\":\"resp\",\"object\":\"response\",\"output\":[{\"id\":\"msg_1\",\"type\":\"message\"," \
  "\"status\":\"completed\",\"role\":\"assistant\",\"content\":\"" text "\"}]}"
#define SAID(text)  "{\"type\":\"message\",\"role\":\"assistant\",\"content\":\"" text "\"}"
#define ASKED(text) "{\"type\":\"message\",\"role\":\"user\",\"content\":\"" text "\"}"

typedef struct
{
  JumpClock *clock;         /* (owned) */
  JumpResponseStore *store; /* (owned) */
  const char *owner;        /* (nullable): who asks */
} Stage;

static void
stage_init (Stage *stage, guint max_count, gsize max_bytes)
{
  stage->clock = jump_clock_fake_new ();
  stage->owner = NULL;
  stage->store = jump_response_store_new (stage->clock, max_count, 3600, max_bytes);
}

static void
stage_clear (Stage *stage)
{
  jump_response_store_free (stage->store);
  g_object_unref (stage->clock);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Stage, stage_clear)

static void
add (Stage *stage, const char *id, const char *request, const char *response)
{
  g_autoptr (GBytes) asked = g_bytes_new (request, strlen (request));
  g_autoptr (GBytes) answered = g_bytes_new (response, strlen (response));

  jump_response_store_add (stage->store, stage->owner, id, NULL, asked, answered);
}

/* Returns: (transfer full) (nullable) */
static char *
expand (Stage *stage, const char *request, GError **error)
{
  g_autoptr (GBytes) body = g_bytes_new (request, strlen (request));
  g_autoptr (GBytes) result = NULL;
  g_auto (JumpChanges) changes = { NULL };
  JumpRequestFacts facts;
  gsize length;
  const char *data = g_bytes_get_data (body, &length);

  g_assert_true (jump_dialect_responses.scan (&facts, data, length, NULL));
  result = jump_response_store_expand (stage->store, stage->owner, body, &facts, &changes, error);
  g_assert_cmpstr (jump_changes_get (&changes),
                   ==,
                   result == NULL || result == body ? "" : "previous-response-expanded");
  data = result == NULL ? NULL : g_bytes_get_data (result, &length);
  return data == NULL ? NULL : g_strndup (data, length);
}

static void
assert_expands (Stage *stage, const char *request, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = expand (stage, request, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_chain (void)
{
  g_auto (Stage) stage;

  stage_init (&stage, 10, 100000);
  add (&stage, "a", REQUEST ("\"input\":\"one\""), RESPONSE ("1"));
  assert_expands (&stage, REQUEST ("\"input\":\"x\""), REQUEST ("\"input\":\"x\""));
  assert_expands (&stage,
                  REQUEST ("\"previous_response_id\":\"a\",\"input\":\"two\""),
                  REQUEST ("\"input\":[" ASKED ("one") "," SAID ("1") "," ASKED ("two") "]"));
  add (&stage,
       "b",
       REQUEST ("\"previous_response_id\":\"a\",\"input\":[" ASKED ("two") "]"),
       RESPONSE ("2"));
  assert_expands (&stage,
                  REQUEST ("\"input\":[" ASKED ("three") " ],\"previous_response_id\":\"b\""),
                  REQUEST ("\"input\":[" ASKED ("one") "," SAID ("1") "," ASKED ("two") "," SAID (
                      "2") "," ASKED ("three") "]"));
  /* another branch */
  assert_expands (&stage,
                  REQUEST ("\"previous_response_id\":\"a\",\"input\":[]"),
                  REQUEST ("\"input\":[" ASKED ("one") "," SAID ("1") "]"));
}

static void
test_outputs (void)
{
#define CALL(id) \
  "{" id "\"type\":\"function_call\",\"call_id\":\"c\",\"name\":\"f\",\"arguments\":\"{}\"}"
#define THOUGHT(id) "{" id "\"type\":\"reasoning\",\"summary\":[],\"encrypted_content\":\"x\"}"
  g_auto (Stage) stage;

  stage_init (&stage, 10, 100000);
  add (&stage,
       "a",
       REQUEST ("\"input\":\"one\""),
       "{\"output\":[{\"type\":\"reasoning\",\"id\":\"rs_0\",\"summary\":[]}," THOUGHT (
           "\"id\":\"rs_1\",") "," CALL ("\"id\":\"fc_1\",\"status\":\"completed\",") "]}");
  assert_expands (&stage,
                  REQUEST ("\"previous_response_id\":\"a\",\"input\":[{}]"),
                  REQUEST ("\"input\":[" ASKED ("one") "," THOUGHT ("") "," CALL ("") ",{}]"));
}

#define REFERENCE(id) "{\"type\":\"item_reference\",\"id\":\"" id "\"}"

/* Returns: (transfer full): what became of @input; @changes says what was noted. */
static char *
expand_references (Stage *stage, const char *input, const char *changed)
{
  g_autofree char *request = g_strdup_printf (REQUEST ("\"input\":[%s]"), input);
  g_autoptr (GBytes) body = g_bytes_new (request, strlen (request));
  g_autoptr (GBytes) result = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (JumpChanges) changes = { NULL };
  JumpRequestFacts facts;
  gsize length;
  const char *data;

  g_assert_true (jump_dialect_responses.scan (&facts, request, strlen (request), NULL));
  result = jump_response_store_expand (stage->store, stage->owner, body, &facts, &changes, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (jump_changes_get (&changes), ==, changed);
  data = g_bytes_get_data (result, &length);
  return g_strndup (data, length);
}

static void
assert_references (Stage *stage, const char *input, const char *expected, const char *changed)
{
  g_autofree char *text = expand_references (stage, input, changed);
  g_autofree char *wanted = g_strdup_printf (REQUEST ("\"input\":[%s]"), expected);

  g_assert_cmpstr (text, ==, wanted);
}

static void
test_references (void)
{
  g_auto (Stage) stage;

  stage_init (&stage, 2, 100000);
  add (&stage, "a", REQUEST ("\"input\":\"one\""), RESPONSE ("1"));
  add (&stage,
       "b",
       REQUEST ("\"input\":[" REFERENCE ("msg_1") "," ASKED ("two") "]"),
       "{\"output\":[{\"type\":\"reasoning\",\"id\":\"rs_0\",\"summary\":[]}," THOUGHT (
           "\"id\":\"rs_1\",") "]}");
  assert_references (&stage,
                     ASKED ("one") "," REFERENCE ("msg_1") "," REFERENCE ("rs_1") "," ASKED ("x"),
                     ASKED ("one") "," SAID ("1") "," THOUGHT ("") "," ASKED ("x"),
                     "references-expanded");
  /* without a state there is nothing to say */
  assert_references (&stage,
                     REFERENCE ("rs_0") "," ASKED ("x"),
                     ASKED ("x"),
                     "references-expanded");
  assert_references (&stage,
                     REFERENCE ("msg_2") "," ASKED ("x"),
                     REFERENCE ("msg_2") "," ASKED ("x"),
                     "");
  /* what was kept had references of its own */
  assert_expands (&stage,
                  REQUEST ("\"previous_response_id\":\"b\",\"input\":[]"),
                  REQUEST ("\"input\":[" SAID ("1") "," ASKED ("two") "," THOUGHT ("") "]"));
  /* the oldest goes, and with it what it said */
  add (&stage, "c", REQUEST ("\"input\":\"three\""), "{}");
  assert_references (&stage, REFERENCE ("msg_1"), REFERENCE ("msg_1"), "");
  /* another one with the same ids */
  add (&stage, "d", REQUEST ("\"input\":\"four\""), RESPONSE ("4"));
  add (&stage, "e", REQUEST ("\"input\":\"five\""), RESPONSE ("5"));
  assert_references (&stage, REFERENCE ("msg_1"), SAID ("5"), "references-expanded");
  g_assert_true (jump_response_store_delete (stage.store, NULL, "d"));
  assert_references (&stage, REFERENCE ("msg_1"), SAID ("5"), "references-expanded");
  g_assert_true (jump_response_store_delete (stage.store, NULL, "e"));
  assert_references (&stage, REFERENCE ("msg_1"), REFERENCE ("msg_1"), "");
}

static void
assert_gone (Stage *stage, const char *id)
{
  g_autofree char *request =
      g_strdup_printf (REQUEST ("\"input\":\"x\",\"previous_response_id\":\"%s\""), id);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = expand (stage, request, &error);

  g_assert_null (text);
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST);
  g_assert_true (g_str_has_prefix (error->message, "previous_response_id: "));
  g_assert_true (g_str_has_prefix (error->message, "previous_response_id: no response "));
  g_assert_cmpstr (jump_error_get_word (error), ==, "previous_response_not_found");
  g_assert_null (jump_response_store_lookup (stage->store, stage->owner, id));
}

static void
test_lookup (void)
{
  g_auto (Stage) stage;
  g_autoptr (GBytes) bytes = NULL;

  stage_init (&stage, 10, 100000);
  assert_gone (&stage, "a");
  add (&stage, "a", REQUEST ("\"input\":\"one\""), RESPONSE ("1"));
  bytes = jump_response_store_lookup (stage.store, NULL, "a");
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL),
                   g_bytes_get_size (bytes),
                   RESPONSE ("1"),
                   strlen (RESPONSE ("1")));
  g_assert_cmpuint (jump_response_store_get_bytes (stage.store), >, 0);
  g_assert_true (jump_response_store_delete (stage.store, NULL, "a"));
  g_assert_false (jump_response_store_delete (stage.store, NULL, "a"));
  assert_gone (&stage, "a");
  g_assert_cmpuint (jump_response_store_get_bytes (stage.store), ==, 0);
}

/* What was built on a response stays complete without it. */
static void
test_deleted_parent (void)
{
  g_auto (Stage) stage;

  stage_init (&stage, 1, 100000);
  add (&stage, "a", REQUEST ("\"input\":\"one\""), RESPONSE ("1"));
  add (&stage, "b", REQUEST ("\"previous_response_id\":\"a\",\"input\":\"two\""), RESPONSE ("2"));
  g_assert_cmpuint (jump_response_store_get_count (stage.store), ==, 1);
  assert_gone (&stage, "a");
  assert_expands (
      &stage,
      REQUEST ("\"previous_response_id\":\"b\",\"input\":[]"),
      REQUEST ("\"input\":[" ASKED ("one") "," SAID ("1") "," ASKED ("two") "," SAID ("2") "]"));
  g_assert_true (jump_response_store_delete (stage.store, NULL, "b"));
  g_assert_cmpuint (jump_response_store_get_bytes (stage.store), ==, 0);
}

static void
test_limits (void)
{
  g_auto (Stage) stage;
  gsize n_bytes;

  stage_init (&stage, 2, 100000);
  add (&stage, "a", REQUEST ("\"input\":\"one\""), RESPONSE ("1"));
  n_bytes = jump_response_store_get_bytes (stage.store);
  add (&stage, "b", REQUEST ("\"input\":\"one\""), RESPONSE ("1"));
  g_assert_cmpuint (jump_response_store_get_bytes (stage.store), ==, 2 * n_bytes);
  add (&stage, "c", REQUEST ("\"input\":\"one\""), RESPONSE ("1"));
  g_assert_cmpuint (jump_response_store_get_count (stage.store), ==, 2);
  assert_gone (&stage, "a");
  /* the same id again */
  add (&stage, "c", REQUEST ("\"input\":\"two\""), RESPONSE ("2"));
  g_assert_cmpuint (jump_response_store_get_count (stage.store), ==, 2);
  jump_clock_fake_sleep (stage.clock, 3600);
  g_assert_cmpuint (jump_response_store_get_count (stage.store), ==, 2);
  jump_clock_fake_sleep (stage.clock, 1);
  assert_gone (&stage, "c");
  g_assert_cmpuint (jump_response_store_get_count (stage.store), ==, 0);
}

static void
test_bytes (void)
{
  g_auto (Stage) stage;

  stage_init (&stage, 100, 1000);
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *id = g_strdup_printf ("r%u", i);

      add (&stage, id, REQUEST ("\"input\":\"one\""), RESPONSE ("1"));
      g_assert_cmpuint (jump_response_store_get_bytes (stage.store), <=, 1000);
    }
  g_assert_cmpuint (jump_response_store_get_count (stage.store), >=, 1);
  g_assert_cmpuint (jump_response_store_get_count (stage.store), <, 10);
}

/* To everybody but its owner a response is not there, nor is what it said. */
static void
test_owners (void)
{
  static const char *const owners[] = { NULL, "key-1", "key-2" };
  g_auto (Stage) stage;

  stage_init (&stage, 10, 100000);
  for (guint maker = 0; maker < G_N_ELEMENTS (owners); maker++)
    {
      stage.owner = owners[maker];
      add (&stage, "a", REQUEST ("\"input\":\"one\""), RESPONSE ("1"));
      for (guint i = 0; i < G_N_ELEMENTS (owners); i++)
        {
          if (i == maker)
            continue;
          stage.owner = owners[i];
          assert_gone (&stage, "a");
          assert_references (&stage, REFERENCE ("msg_1"), REFERENCE ("msg_1"), "");
          g_assert_false (jump_response_store_delete (stage.store, owners[i], "a"));
          /* what names one of others is built on nothing */
          add (&stage,
               "b",
               REQUEST ("\"previous_response_id\":\"a\",\"input\":[" REFERENCE ("msg_1") "]"),
               "{}");
          assert_expands (&stage,
                          REQUEST ("\"previous_response_id\":\"b\",\"input\":[]"),
                          REQUEST ("\"input\":[" REFERENCE ("msg_1") "]"));
          g_assert_true (jump_response_store_delete (stage.store, owners[i], "b"));
        }
      stage.owner = owners[maker];
      assert_references (&stage, REFERENCE ("msg_1"), SAID ("1"), "references-expanded");
      g_assert_true (jump_response_store_delete (stage.store, stage.owner, "a"));
    }
}

/* The same id twice is two responses. */
static void
test_same_id (void)
{
  g_auto (Stage) stage;

  stage_init (&stage, 10, 100000);
  add (&stage, "a", REQUEST ("\"input\":\"one\""), RESPONSE ("1"));
  stage.owner = "key-1";
  add (&stage, "a", REQUEST ("\"input\":\"two\""), RESPONSE ("2"));
  assert_references (&stage, REFERENCE ("msg_1"), SAID ("2"), "references-expanded");
  g_assert_true (jump_response_store_delete (stage.store, "key-1", "a"));
  stage.owner = NULL;
  assert_references (&stage, REFERENCE ("msg_1"), SAID ("1"), "references-expanded");
}

/* Freeing a long chain must not take the stack with it. */
static void
test_long_chain (void)
{
  g_auto (Stage) stage;

  stage_init (&stage, 3, 1000 * 1000 * 1000);
  for (guint i = 0; i < 100000; i++)
    {
      g_autofree char *id = g_strdup_printf ("r%u", i);
      g_autofree char *request =
          g_strdup_printf (REQUEST ("\"input\":[],\"previous_response_id\":\"r%u\""), i - 1);

      add (&stage, id, request, "{}");
    }
  g_assert_cmpuint (jump_response_store_get_count (stage.store), ==, 3);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/response-store/chain", test_chain);
  g_test_add_func ("/response-store/outputs", test_outputs);
  g_test_add_func ("/response-store/references", test_references);
  g_test_add_func ("/response-store/lookup", test_lookup);
  g_test_add_func ("/response-store/owners", test_owners);
  g_test_add_func ("/response-store/same-id", test_same_id);
  g_test_add_func ("/response-store/deleted-parent", test_deleted_parent);
  g_test_add_func ("/response-store/limits", test_limits);
  g_test_add_func ("/response-store/bytes", test_bytes);
  g_test_add_func ("/response-store/long-chain", test_long_chain);
  return g_test_run ();
}
