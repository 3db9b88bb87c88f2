/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "patch-stage.h"

/* Rows name model and messages in short. */
#define OLD(rest)    "{\"model\":\"gpt-4o\"," rest "}"
#define NEW(rest)    "{\"model\":\"gpt-5\"," rest "}"
#define SONNET(rest) "{\"model\":\"claude-sonnet-4.5\"," rest "}"
#define HI           "{\"role\":\"user\",\"content\":\"hi\"}"
#define SAY          "\"messages\":[" HI "]"
#define FUNCTION(n)  "{\"type\":\"function\",\"function\":{\"name\":\"" n "\"}}"
#define PICTURE      "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,AAAA\"}}"
#define OTHER        "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,BBBB\"}}"
#define LEFT_OUT(n)                                                                      \
  "{\"type\":\"text\",\"text\":\"[An earlier image is left out: the model takes only " n \
  " in one prompt.]\"}"

#define GO_ON                                                                                       \
  "{\"role\":\"user\",\"content\":\"Go on exactly where your last message ends, without repeating " \
  "any of it.\"}"

static const JumpModelTraits *const old = &patch_stage_gpt_4o;
static const JumpModelTraits *const new = &patch_stage_gpt_5;
static const JumpModelTraits *const sonnet = &patch_stage_sonnet_4_5;

static void
test_effort (void)
{
  const PatchRow rows[] = {
    { new, NEW (SAY ",\"reasoning_effort\":\"low\""), NULL, "" },
    { new, NEW (SAY ",\"reasoning_effort\":null"), NULL, "" },
    { new,
      NEW (SAY ",\"reasoning_effort\":\"xhigh\""),
      NEW (SAY ",\"reasoning_effort\":\"high\""),
      "effort-adjusted" },
    { new, NEW (SAY ",\"reasoning_effort\":\"odd\""), NEW (SAY), "effort-dropped" },
    { old, OLD (SAY ",\"reasoning_effort\":\"low\""), OLD (SAY), "effort-dropped" },
    { sonnet,
      SONNET (SAY ",\"reasoning_effort\":\"low\""),
      "{\"thinking_budget\":2048,\"model\":\"claude-sonnet-4.5\"," SAY "}",
      "effort-as-budget" },
    { sonnet,
      SONNET (SAY ",\"reasoning_effort\":\"high\",\"max_tokens\":3000"),
      "{\"thinking_budget\":2999,\"model\":\"claude-sonnet-4.5\"," SAY ",\"max_tokens\":3000}",
      "effort-as-budget" },
    { sonnet,
      SONNET (SAY ",\"reasoning_effort\":\"low\",\"max_tokens\":1000"),
      SONNET (SAY ",\"max_tokens\":1000"),
      "effort-dropped" },
    { sonnet, SONNET (SAY ",\"reasoning_effort\":\"none\""), SONNET (SAY), "effort-dropped" },
    { &patch_stage_unknown, "{\"model\":\"x\"," SAY ",\"reasoning_effort\":\"odd\"}", NULL, "" },
  };

  patch_stage_check (JUMP_DIALECT_CHAT, rows, G_N_ELEMENTS (rows));
}

static void
test_tools (void)
{
#define WEB    "{\"type\":\"web_search_preview\"}"
#define CUSTOM "{\"type\":\"custom\",\"custom\":{\"name\":\"c\"}}"
  const PatchRow rows[] = {
    { old, OLD (SAY ",\"tools\":[" FUNCTION ("web_search") "]"), NULL, "" },
    { new, NEW (SAY ",\"tools\":[" FUNCTION ("f") "," CUSTOM "]"), NULL, "" },
    { old,
      OLD (SAY ",\"tools\":[" FUNCTION ("f") "," CUSTOM "]"),
      OLD (SAY ",\"tools\":[" FUNCTION ("f") "]"),
      "hosted-tool-removed:custom" },
    { old,
      OLD (SAY ",\"tools\":[" WEB "," FUNCTION ("f") "],\"tool_choice\":\"auto\""),
      OLD (SAY ",\"tools\":[" FUNCTION ("f") "],\"tool_choice\":\"auto\""),
      "hosted-tool-removed:web_search_preview" },
    { old,
      OLD ("\"tools\":[" WEB "],\"tool_choice\":\"auto\",\"parallel_tool_calls\":true," SAY),
      OLD (SAY),
      "hosted-tool-removed:web_search_preview,tool-choice-dropped" },
    { old,
      OLD (SAY
           ",\"tools\":[" FUNCTION ("c") "," CUSTOM "],\"tool_choice\":"
                                         "{\"type\":\"function\",\"function\":{\"name\":\"c\"}}"),
      OLD (SAY
           ",\"tools\":[" FUNCTION ("c") "],\"tool_choice\":"
                                         "{\"type\":\"function\",\"function\":{\"name\":\"c\"}}"),
      "hosted-tool-removed:custom" },
    { old,
      OLD (SAY ",\"tools\":[" FUNCTION ("f") "," CUSTOM "],\"tool_choice\":"
                                             "{\"type\":\"custom\",\"custom\":{\"name\":\"c\"}}"),
      OLD (SAY ",\"tools\":[" FUNCTION ("f") "]"),
      "hosted-tool-removed:custom,tool-choice-dropped" },
    { old,
      OLD (SAY ",\"tools\":[" FUNCTION (
          "f") "," CUSTOM "],\"tool_choice\":"
               "{\"type\":\"allowed_tools\",\"allowed_tools\":{\"mode\":\"auto\",\"tools\":[" CUSTOM
               "," FUNCTION ("f") "]}}"),
      OLD (SAY ",\"tools\":[" FUNCTION (
          "f") "],\"tool_choice\":"
               "{\"type\":\"allowed_tools\",\"allowed_tools\":{\"mode\":\"auto\",\"tools\":[" FUNCTION (
                   "f") "]}}"),
      "hosted-tool-removed:custom" },
    { old, OLD (SAY ",\"tools\":[]"), OLD (SAY), "empty-tools-dropped" },
    { old,
      OLD (SAY ",\"tools\":[" FUNCTION ("") "," FUNCTION ("f") "]"),
      OLD (SAY ",\"tools\":[" FUNCTION ("f") "]"),
      "nameless-tool-removed" },
  };

  patch_stage_check (JUMP_DIALECT_CHAT, rows, G_N_ELEMENTS (rows));
#undef WEB
#undef CUSTOM
}

static void
test_choice (void)
{
  const PatchRow rows[] = {
    { old,
      OLD (SAY ",\"tool_choice\":\"auto\",\"parallel_tool_calls\":false"),
      OLD (SAY),
      "tool-choice-dropped" },
    { old, OLD (SAY ",\"max_tokens\":4096"), NULL, "" },
    { old,
      OLD (SAY ",\"max_tokens\":4097"),
      OLD (SAY ",\"max_tokens\":4096"),
      "max-tokens-clamped" },
  };

  patch_stage_check (JUMP_DIALECT_CHAT, rows, G_N_ELEMENTS (rows));
}

static void
test_reasoning (void)
{
#define TURN(members) "\"messages\":[" HI ",{\"role\":\"assistant\"" members "}," HI "]"
#define OWN           "jumpseat1.opaque.gpt-5.abc"
#define FOREIGN       "jumpseat1.opaque.gpt-4o.abc"
#define KIND          "jumpseat1.signature.gpt-5.abc"
#define TEXT          ",\"content\":\"ok\""
  const PatchRow rows[] = {
    { new, NEW (TURN (TEXT ",\"reasoning_text\":\"t\",\"reasoning_opaque\":\"abc\"")), NULL, "" },
    { new,
      NEW (TURN (TEXT ",\"reasoning_content\":\"t\"")),
      NEW (TURN (TEXT ",\"reasoning_text\":\"t\"")),
      "reasoning-renamed" },
    { new,
      NEW (TURN (TEXT ",\"reasoning_content\":\"t\",\"reasoning_text\":\"u\"")),
      NEW (TURN (TEXT ",\"reasoning_text\":\"u\"")),
      "reasoning-renamed" },
    { new,
      NEW (TURN (TEXT ",\"reasoning_content\":\"t\",\"reasoning_opaque\":\"" OWN "\"")),
      NEW (TURN (TEXT ",\"reasoning_text\":\"t\",\"reasoning_opaque\":\"abc\"")),
      "reasoning-opened,reasoning-renamed" },
    { new,
      NEW (TURN (TEXT ",\"reasoning_text\":\"t\",\"reasoning_opaque\":\"" FOREIGN "\"")),
      NEW (TURN (TEXT)),
      "reasoning-dropped" },
    { new,
      NEW (TURN (TEXT ",\"reasoning_content\":\"t\",\"reasoning_opaque\":\"" KIND "\"")),
      NEW (TURN (TEXT)),
      "reasoning-dropped" },
    { new,
      NEW (TURN (TEXT ",\"reasoning_opaque\":\"jumpseat9.x\"")),
      NEW (TURN (TEXT)),
      "reasoning-dropped" },
    /* whoever is said to have thought so */
    { new,
      NEW ("\"messages\":[{\"role\":\"user\"" TEXT ",\"reasoning_opaque\":\"" FOREIGN "\"}]"),
      NEW ("\"messages\":[{\"role\":\"user\"" TEXT "}]"),
      "reasoning-dropped" },
  };

  patch_stage_check (JUMP_DIALECT_CHAT, rows, G_N_ELEMENTS (rows));
#undef TURN
#undef OWN
#undef FOREIGN
#undef KIND
#undef TEXT
}

static void
test_empty_texts (void)
{
#define T(text)       "{\"type\":\"text\",\"text\":\"" text "\"}"
#define MESSAGES(all) "\"messages\":[" all "]"
#define ROLE(r, c)    "{\"role\":\"" r "\",\"content\":" c "}"
#define CALLS         "\"tool_calls\":[{\"id\":\"1\",\"type\":\"function\",\"function\":{\"name\":\"f\"}}]"
#define RESULT        "{\"role\":\"tool\",\"tool_call_id\":\"1\",\"content\":\"\"}"
  const PatchRow rows[] = {
    { old, OLD (MESSAGES (ROLE ("system", "\"\"") "," ROLE ("user", "[" T ("") "]"))), NULL, "" },
    { sonnet,
      SONNET (MESSAGES (ROLE ("system", "\"\"") "," HI)),
      SONNET (MESSAGES (HI)),
      "empty-text-dropped" },
    { sonnet,
      SONNET (MESSAGES (ROLE ("user", "[" T ("") "," T ("a") "," T (" \\n") "]"))),
      SONNET (MESSAGES (ROLE ("user", "[" T ("a") "]"))),
      "empty-text-dropped" },
    { sonnet,
      SONNET (MESSAGES (HI "," ROLE ("assistant", "[" T ("") "]") "," HI)),
      SONNET (MESSAGES (HI "," HI)),
      "empty-text-dropped" },
    { sonnet,
      SONNET (MESSAGES (HI ",{\"role\":\"assistant\",\"content\":\"\"," CALLS "}," RESULT)),
      SONNET (MESSAGES (HI ",{\"role\":\"assistant\",\"content\":null," CALLS "}," RESULT)),
      "empty-text-dropped" },
    { sonnet,
      SONNET (MESSAGES (HI "," ROLE ("assistant", "\"Once \\n\\t \""))),
      SONNET (MESSAGES (HI "," ROLE ("assistant", "\"Once\"") "," GO_ON)),
      "trailing-space-dropped,prefill-continued" },
    { sonnet,
      SONNET (MESSAGES (HI "," ROLE ("assistant", "[" T ("Once ") "]"))),
      SONNET (MESSAGES (HI "," ROLE ("assistant", "[" T ("Once") "]") "," GO_ON)),
      "trailing-space-dropped,prefill-continued" },
    { sonnet, SONNET (MESSAGES (HI "," ROLE ("assistant", "\"Once \"") "," HI)), NULL, "" },
    { old, OLD (MESSAGES (HI "," ROLE ("assistant", "\"Once \""))), NULL, "" },
  };

  patch_stage_check (JUMP_DIALECT_CHAT, rows, G_N_ELEMENTS (rows));
#undef MESSAGES
#undef CALLS
#undef RESULT
}

static void
test_images (void)
{
#define MESSAGES(all) "\"messages\":[" all "]"
#define USER(parts)   ROLE ("user", "[" parts "]")
  const PatchRow rows[] = {
    { old, OLD (MESSAGES (USER (PICTURE))), NULL, "" },
    { old,
      OLD (MESSAGES (USER (OTHER) "," USER (T ("a") "," PICTURE))),
      OLD (MESSAGES (USER (LEFT_OUT ("1")) "," USER (T ("a") "," PICTURE))),
      "images-dropped" },
    { sonnet,
      SONNET (MESSAGES (USER (OTHER "," OTHER "," PICTURE))),
      SONNET (MESSAGES (USER (LEFT_OUT ("2") "," OTHER "," PICTURE))),
      "images-dropped" },
    { new, NEW (MESSAGES (USER (PICTURE "," PICTURE "," PICTURE))), NULL, "" },
  };
  const PatchErrorRow errors[] = {
    { old,
      OLD (MESSAGES (HI "," USER (T ("a") ",{\"type\":\"image_url\",\"image_url\":{\"url\":"
                                          "\"https://x/y.png\"}}"))),
      "messages[1].content[1].image_url.url: expected the data itself, "
      "the upstream fetches nothing from the web" },
    { old,
      OLD (MESSAGES (USER (PICTURE ",{\"type\":\"image_url\",\"image_url\":\"http://x\"}"))),
      "messages[0].content[1].image_url: expected the data itself, "
      "the upstream fetches nothing from the web" },
  };

  patch_stage_check (JUMP_DIALECT_CHAT, rows, G_N_ELEMENTS (rows));
  patch_stage_check_errors (JUMP_DIALECT_CHAT, errors, G_N_ELEMENTS (errors));
}

/* What is larger than the model takes goes first, in all that upstream speaks; it is not counted any more. */
static void
test_large_images (void)
{
  static const struct
  {
    JumpDialectId dialect;
    const char *format; /* of an image, for its base64 */
    const char *list;
    const char *text_type;
    const char *rest; /* that nothing else has to be patched */
  } cases[] = {
    { JUMP_DIALECT_CHAT,
      "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,%s\"}}",
      "messages",
      "text",
      "" },
    { JUMP_DIALECT_RESPONSES,
      "{\"type\":\"input_image\",\"image_url\":\"data:image/png;base64,%s\"}",
      "input",
      "input_text",
      ",\"store\":false,\"include\":[\"reasoning.encrypted_content\"]" },
    { JUMP_DIALECT_MESSAGES,
      "{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/png\","
      "\"data\":\"%s\"}}",
      "messages",
      "text",
      ",\"max_tokens\":100" },
  };
  const JumpModelTraits traits = { .id = "m",
                                   .is_known = TRUE,
                                   .takes_images = TRUE,
                                   .max_images = 1,
                                   .max_image_bytes = 1024 };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *fits = g_strnfill (1364, 'A'); /* 1023 bytes */
      g_autofree char *escaped = g_strdup_printf ("%s\\/\\/", fits + 8);
      g_autofree char *large = g_strnfill (1372, 'A'); /* 1029 bytes */
      const char *const images[] = { escaped, large };
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GString) left = g_string_new (NULL);

      g_string_printf (text, "{\"model\":\"m\"%s", cases[i].rest);
      g_string_append_printf (text, ",\"%s\":[{\"role\":\"user\",\"content\":[", cases[i].list);
      g_string_assign (left, text->str);
      for (guint k = 0; k < G_N_ELEMENTS (images); k++)
        {
          g_auto (GStrv) halves = g_strsplit (cases[i].format, "%s", 2);
          g_autofree char *image = g_strjoinv (images[k], halves);

          g_string_append_printf (text, "%s%s", k > 0 ? "," : "", image);
          if (images[k] != large)
            g_string_append (left, image);
        }
      g_string_append_printf (left,
                              ",{\"type\":\"%s\",\"text\":\"[An image is left out: it has more "
                              "than 1 KiB, the most that the model takes.]\"}]}]}",
                              cases[i].text_type);
      g_string_append (text, "]}]}");
      {
        const PatchRow row = { &traits, text->str, left->str, "large-images-dropped" };

        patch_stage_check (cases[i].dialect, &row, 1);
      }
    }
}

static void
test_tool_images (void)
{
#define CALL(id) "{\"id\":\"" id "\",\"type\":\"function\",\"function\":{\"name\":\"f\"}}"
#define ASK \
  "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[" CALL ("1") "," CALL ("2") "]}"
#define RESULT(id, content) \
  "{\"role\":\"tool\",\"tool_call_id\":\"" id "\",\"content\":" content "}"
#define BEHIND "{\"type\":\"text\",\"text\":\"Images of the tool results above:\"}"
  const PatchRow rows[] = {
    { new,
      NEW (MESSAGES (
          HI "," ASK
             "," RESULT ("1", "[" T ("a") "," PICTURE "]") "," RESULT ("2", "[" OTHER "]") "," HI)),
      NEW (MESSAGES (HI "," ASK "," RESULT ("1", "[" T ("a") "]") "," RESULT (
          "2",
          "\"[The result is an image, see the next message.]\"") "," ROLE ("user",
                                                                           "[" BEHIND "," PICTURE
                                                                           "," OTHER "]") "," HI)),
      "tool-images-moved" },
    { new,
      NEW (MESSAGES (HI "," ASK "," RESULT ("1", "\"x\"") "," RESULT ("2", "[" OTHER "]"))),
      NEW (MESSAGES (HI "," ASK "," RESULT ("1", "\"x\"") "," RESULT (
          "2",
          "\"[The result is an image, see the next message.]\"") "," ROLE ("user",
                                                                           "[" BEHIND "," OTHER
                                                                           "]"))),
      "tool-images-moved" },
  };

  patch_stage_check (JUMP_DIALECT_CHAT, rows, G_N_ELEMENTS (rows));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chat-patch/effort", test_effort);
  g_test_add_func ("/chat-patch/tools", test_tools);
  g_test_add_func ("/chat-patch/choice", test_choice);
  g_test_add_func ("/chat-patch/reasoning", test_reasoning);
  g_test_add_func ("/chat-patch/empty-texts", test_empty_texts);
  g_test_add_func ("/chat-patch/images", test_images);
  g_test_add_func ("/chat-patch/large-images", test_large_images);
  g_test_add_func ("/chat-patch/tool-images", test_tool_images);
  return g_test_run ();
}
