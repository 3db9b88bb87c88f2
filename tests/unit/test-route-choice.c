/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/base/json-read.h"
#include "service/relay/route-choice.h"

static JumpModel *
read_model (const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = jump_json_parse (json, -1, &error);

  g_assert_no_error (error);
  return jump_model_new_from_json (node);
}

#define ENTRY(id, endpoints, supports)                          \
  "{\"id\":\"" id "\",\"supported_endpoints\":[" endpoints "]," \
  "\"capabilities\":{\"supports\":{" supports "}}}"
#define C      "\"/chat/completions\""
#define R      "\"/responses\",\"ws:/responses\""
#define M      "\"/v1/messages\""
#define THINKS "\"reasoning_effort\":[\"low\"]"

static const char CLAUDE[] = ENTRY ("claude-sonnet-4.6", C "," M, THINKS);
static const char GPT_4[] = "{\"id\":\"gpt-4.1\"}";
static const char GPT_51[] = ENTRY ("gpt-5.1", C "," R, THINKS);
static const char GPT_55[] = ENTRY ("gpt-5.5", R, THINKS);
static const char QUIET[] = ENTRY ("quiet", C "," R, "");
static const char EMBEDS[] = "{\"id\":\"ada\",\"capabilities\":{\"type\":\"embeddings\"}}";
static const char COMPLETES[] =
    "{\"id\":\"gpt-41-copilot\",\"capabilities\":{\"type\":\"completion\"}}";

#define CHAT      JUMP_DIALECT_CHAT
#define RESPONSES JUMP_DIALECT_RESPONSES
#define MESSAGES  JUMP_DIALECT_MESSAGES
#define OLLAMA    JUMP_DIALECT_OLLAMA_CHAT

static void
test_choose (void)
{
  static const struct
  {
    const char *model; /* (nullable) */
    JumpDialectId client;
    guint excluded;
    gboolean must_translate;
    JumpDialectId expected;
    gboolean is_translated;
  } rows[] = {
    { GPT_4, CHAT, 0, FALSE, CHAT, FALSE },
    { GPT_4, CHAT, 0, TRUE, CHAT, TRUE },
    { GPT_4, RESPONSES, 0, FALSE, CHAT, TRUE },
    { GPT_4, MESSAGES, 0, FALSE, CHAT, TRUE },
    { GPT_4, OLLAMA, 0, FALSE, CHAT, TRUE },
    { CLAUDE, CHAT, 0, FALSE, CHAT, FALSE },
    { CLAUDE, MESSAGES, 0, FALSE, MESSAGES, FALSE },
    { CLAUDE, RESPONSES, 0, FALSE, MESSAGES, TRUE },
    { CLAUDE, OLLAMA, 0, FALSE, MESSAGES, TRUE },
    { CLAUDE, MESSAGES, 1 << MESSAGES, FALSE, CHAT, TRUE },
    { GPT_51, MESSAGES, 0, FALSE, RESPONSES, TRUE },
    { GPT_51, CHAT, 0, FALSE, CHAT, FALSE },
    { GPT_51, OLLAMA, 1 << RESPONSES, FALSE, CHAT, TRUE },
    { GPT_55, CHAT, 0, FALSE, RESPONSES, TRUE },
    { GPT_55, RESPONSES, 0, FALSE, RESPONSES, FALSE },
    { GPT_55, CHAT, 1 << RESPONSES, FALSE, CHAT, FALSE },
    { QUIET, MESSAGES, 0, FALSE, CHAT, TRUE },
    { NULL, CHAT, 0, FALSE, CHAT, FALSE },
    { NULL, MESSAGES, 0, FALSE, MESSAGES, FALSE },
    { NULL, RESPONSES, 0, FALSE, RESPONSES, FALSE },
    { NULL, OLLAMA, 0, FALSE, CHAT, TRUE },
    { NULL, RESPONSES, 1 << RESPONSES, FALSE, CHAT, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (JumpModel) model = rows[i].model == NULL ? NULL : read_model (rows[i].model);
      g_autoptr (GError) error = NULL;
      JumpRouteChoice choice;

      g_test_message ("row %u", i);
      jump_route_choose (&choice,
                         jump_dialect_get (rows[i].client),
                         model,
                         NULL,
                         rows[i].excluded,
                         rows[i].must_translate,
                         &error);
      g_assert_no_error (error);
      g_assert_cmpstr (choice.upstream->name, ==, jump_dialect_get (rows[i].expected)->name);
      g_assert_cmpint (choice.is_translated, ==, rows[i].is_translated);
    }
}

static void
test_pin (void)
{
  g_autoptr (JumpModel) model = read_model (GPT_51);
  g_autoptr (GError) error = NULL;
  JumpRouteChoice choice;

  g_assert_true (jump_route_choose (&choice,
                                    &jump_dialect_chat,
                                    model,
                                    &jump_dialect_responses,
                                    0,
                                    FALSE,
                                    &error));
  g_assert_true (choice.upstream == &jump_dialect_responses);
  g_assert_true (choice.is_translated);
  g_assert_true (jump_route_choose (&choice,
                                    &jump_dialect_chat,
                                    NULL,
                                    &jump_dialect_messages,
                                    0,
                                    FALSE,
                                    &error));
  g_assert_true (choice.upstream == &jump_dialect_messages);
}

static void
test_refused (void)
{
  static const struct
  {
    const char *model;
    const JumpDialect *pin;
    guint excluded;
    const char *says;
  } rows[] = {
    { EMBEDS, NULL, 0, "model: ada only makes embeddings, expected one that chats" },
    { COMPLETES, NULL, 0, "model: gpt-41-copilot answers none of chat, responses and messages" },
    { GPT_55,
      &jump_dialect_chat,
      0,
      "model: gpt-5.5 cannot be reached through chat; it offers responses" },
    { CLAUDE,
      &jump_dialect_responses,
      0,
      "model: claude-sonnet-4.6 cannot be reached through responses; it offers chat, messages" },
    { GPT_55,
      &jump_dialect_responses,
      1 << RESPONSES,
      "model: gpt-5.5 cannot be reached through responses; it offers nothing else" },
    { GPT_55, NULL, 1 << RESPONSES | 1 << CHAT, "model: the upstream takes gpt-5.5 in no dialect" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (JumpModel) model = read_model (rows[i].model);
      g_autoptr (GError) error = NULL;
      JumpRouteChoice choice;

      g_assert_false (jump_route_choose (&choice,
                                         &jump_dialect_chat,
                                         model,
                                         rows[i].pin,
                                         rows[i].excluded,
                                         FALSE,
                                         &error));
      g_assert_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST);
      g_assert_cmpstr (error->message, ==, rows[i].says);
    }
}

static void
test_split_pin (void)
{
  static const struct
  {
    const char *name;
    const char *bare;
    const JumpDialect *pin;
  } rows[] = {
    { "gpt-5.5", "gpt-5.5", NULL },
    { "gpt-5.5@responses", "gpt-5.5", &jump_dialect_responses },
    { "gpt-5.1@chat", "gpt-5.1", &jump_dialect_chat },
    { "opus@Messages", "opus", &jump_dialect_messages },
    { "a@b@chat", "a@b", &jump_dialect_chat },
    { "a@ollama-chat", "a@ollama-chat", NULL },
    { "a@", "a@", NULL },
    { "@chat", "@chat", NULL },
    { "", "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *bare = NULL;

      g_assert_true (jump_route_split_pin (rows[i].name, &bare) == rows[i].pin);
      g_assert_cmpstr (bare, ==, rows[i].bare);
    }
}

static void
test_describe (void)
{
  static const struct
  {
    const JumpDialect *client;
    JumpRouteChoice choice;
    gboolean is_patched;
    const char *model_id;
    const char *expected;
  } rows[] = {
    { &jump_dialect_chat,
      { &jump_dialect_chat, FALSE },
      FALSE,
      "gpt-4.1",
      "verbatim; chat; model=gpt-4.1" },
    { &jump_dialect_messages,
      { &jump_dialect_messages, FALSE },
      TRUE,
      "claude-sonnet-4.6",
      "patched; messages; model=claude-sonnet-4.6" },
    { &jump_dialect_messages,
      { &jump_dialect_responses, TRUE },
      TRUE,
      "gpt-5.5",
      "translated; messages>responses; model=gpt-5.5" },
    { &jump_dialect_chat,
      { &jump_dialect_chat, TRUE },
      TRUE,
      "x",
      "translated; chat>chat; model=x" },
    { &jump_dialect_chat,
      { &jump_dialect_chat, FALSE },
      FALSE,
      "a b;\r\n\xc3\xa4",
      "verbatim; chat; model=a_b_____" },
    { &jump_dialect_chat, { &jump_dialect_chat, FALSE }, FALSE, NULL, "verbatim; chat" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = jump_route_describe (rows[i].client,
                                                   &rows[i].choice,
                                                   rows[i].is_patched,
                                                   rows[i].model_id);

      g_assert_cmpstr (text, ==, rows[i].expected);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/route-choice/choose", test_choose);
  g_test_add_func ("/route-choice/pin", test_pin);
  g_test_add_func ("/route-choice/refused", test_refused);
  g_test_add_func ("/route-choice/split-pin", test_split_pin);
  g_test_add_func ("/route-choice/describe", test_describe);
  return g_test_run ();
}
