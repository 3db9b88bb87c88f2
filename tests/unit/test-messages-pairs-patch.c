/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "patch-stage.h"

#define BODY(all)  "{\"model\":\"claude-sonnet-4.5\",\"max_tokens\":9,\"messages\":[" all "]}"
#define HI         "{\"role\":\"user\",\"content\":\"hi\"}"
#define T(text)    "{\"type\":\"text\",\"text\":\"" text "\"}"
#define USER(all)  "{\"role\":\"user\",\"content\":[" all "]}"
#define BOT(all)   "{\"role\":\"assistant\",\"content\":[" all "]}"
#define CALL(id)   "{\"type\":\"tool_use\",\"id\":\"" id "\",\"name\":\"f\",\"input\":{}}"
#define RESULT(id) "{\"type\":\"tool_result\",\"tool_use_id\":\"" id "\",\"content\":\"r\"}"
#define MISSING(id)                                                                     \
  "{\"type\":\"tool_result\",\"tool_use_id\":\"" id "\",\"is_error\":true,\"content\":" \
  "\"[No result: the call was interrupted.]\"}"

static void
test_pairs (void)
{
  const JumpModelTraits *sonnet = &patch_stage_sonnet_4_5;
  const PatchRow rows[] = {
    { sonnet, BODY (HI "," BOT (CALL ("1")) "," USER (RESULT ("1") "," T ("a"))), NULL, "" },
    { sonnet,
      BODY (HI "," BOT (CALL ("1") "," CALL ("2")) "," USER (RESULT ("2") "," RESULT ("1"))),
      NULL,
      "" },
    /* one turn in two messages */
    { sonnet,
      BODY (HI "," BOT (CALL ("1")) "," BOT (T ("a") "," CALL ("2")) "," USER (
          RESULT ("1") "," RESULT ("2"))),
      NULL,
      "" },
    /* the same id twice */
    { sonnet,
      BODY (HI "," BOT (CALL ("1")) "," BOT (CALL ("1")) "," USER (RESULT ("1") "," RESULT ("1"))),
      NULL,
      "" },
    { sonnet,
      BODY (HI "," BOT (T ("a")) "," USER (RESULT ("1") "," T ("b"))),
      BODY (HI "," BOT (T ("a")) "," USER (T ("b"))),
      "tool-pairs-repaired" },
    { sonnet, BODY (USER (RESULT ("1")) "," HI), BODY (HI), "tool-pairs-repaired" },
    { sonnet,
      BODY (HI "," BOT (CALL ("1")) "," HI),
      BODY (HI "," BOT (CALL ("1")) "," USER (MISSING ("1") "," T ("hi"))),
      "tool-pairs-repaired" },
    { sonnet,
      BODY (HI "," BOT (CALL ("1") "," CALL ("2")) "," USER (RESULT ("2") "," T ("a"))),
      BODY (HI "," BOT (CALL ("1") "," CALL ("2")) "," USER (
          MISSING ("1") "," RESULT ("2") "," T ("a"))),
      "tool-pairs-repaired" },
    { sonnet,
      BODY (HI "," BOT (CALL ("1"))),
      BODY (HI "," BOT (CALL ("1")) "," USER (MISSING ("1"))),
      "tool-pairs-repaired" },
    /* in front of everything else, and in the first message */
    { sonnet,
      BODY (HI "," BOT (CALL ("1")) "," USER (T ("a") "," RESULT ("1"))),
      BODY (HI "," BOT (CALL ("1")) "," USER (RESULT ("1") "," T ("a"))),
      "tool-pairs-repaired" },
    { sonnet,
      BODY (HI "," BOT (CALL ("1")) "," HI "," USER (RESULT ("1"))),
      BODY (HI "," BOT (CALL ("1")) "," USER (RESULT ("1") "," T ("hi"))),
      "tool-pairs-repaired" },
    /* the answer to another turn */
    { sonnet,
      BODY (HI "," BOT (CALL ("1")) "," HI "," BOT (T ("a")) "," USER (RESULT ("1") "," T ("b"))),
      BODY (HI "," BOT (CALL ("1")) "," USER (MISSING ("1") "," T ("hi")) "," BOT (
          T ("a")) "," USER (T ("b"))),
      "tool-pairs-repaired" },
    { sonnet,
      BODY (HI "," BOT (CALL ("1")) "," USER (RESULT ("1") "," RESULT ("1"))),
      BODY (HI "," BOT (CALL ("1")) "," USER (RESULT ("1"))),
      "tool-pairs-repaired" },
  };

  patch_stage_check (JUMP_DIALECT_MESSAGES, rows, G_N_ELEMENTS (rows));
}

/* Between a call and its result a system message may stand, where models hear such. */
static void
test_system_between (void)
{
#define OPUS(all) "{\"model\":\"claude-opus-4.8\",\"max_tokens\":9,\"messages\":[" all "]}"
#define SYSTEM    "{\"role\":\"system\",\"content\":\"s\"}"
  const JumpModelTraits *opus = &patch_stage_opus_4_8;
  const PatchRow rows[] = {
    { opus, OPUS (HI "," BOT (CALL ("1")) "," USER (RESULT ("1")) "," SYSTEM), NULL, "" },
    { opus, OPUS (HI "," BOT (CALL ("1")) "," SYSTEM "," USER (RESULT ("1"))), NULL, "" },
    { opus,
      OPUS (HI "," BOT (CALL ("1")) "," SYSTEM),
      OPUS (HI "," BOT (CALL ("1")) "," USER (MISSING ("1")) "," SYSTEM),
      "tool-pairs-repaired" },
  };

  patch_stage_check (JUMP_DIALECT_MESSAGES, rows, G_N_ELEMENTS (rows));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/messages-pairs-patch/pairs", test_pairs);
  g_test_add_func ("/messages-pairs-patch/system-between", test_system_between);
  return g_test_run ();
}
