/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "patch-stage.h"

#define BODY(all)        "{\"model\":\"gpt-5\",\"messages\":[" all "]}"
#define HI               "{\"role\":\"user\",\"content\":\"hi\"}"
#define CALL(id)         "{\"id\":\"" id "\",\"type\":\"function\",\"function\":{\"name\":\"f\"}}"
#define ASK(calls)       "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[" calls "]}"
#define RESULT(id, text) "{\"role\":\"tool\",\"tool_call_id\":\"" id "\",\"content\":\"" text "\"}"
#define MISSING(id)      RESULT (id, "[No result: the call was interrupted.]")

static void
test_pairs (void)
{
  const JumpModelTraits *new = &patch_stage_gpt_5;
  const PatchRow rows[] = {
    { new, BODY (HI "," ASK (CALL ("1")) "," RESULT ("1", "a") "," HI), NULL, "" },
    /* in any order */
    { new,
      BODY (HI "," ASK (CALL ("1") "," CALL ("2")) "," RESULT ("2", "b") "," RESULT ("1", "a")),
      NULL,
      "" },
    /* the same ids in every turn */
    { new,
      BODY (HI
            "," ASK (CALL ("1")) "," RESULT ("1", "a") "," ASK (CALL ("1")) "," RESULT ("1", "b")),
      NULL,
      "" },
    { new, BODY (HI "," RESULT ("1", "a") "," HI), BODY (HI "," HI), "tool-pairs-repaired" },
    { new,
      BODY (HI "," ASK (CALL ("1")) "," RESULT ("1", "a") "," RESULT ("1", "b")),
      BODY (HI "," ASK (CALL ("1")) "," RESULT ("1", "a")),
      "tool-pairs-repaired" },
    { new,
      BODY (HI "," ASK (CALL ("1")) "," HI),
      BODY (HI "," ASK (CALL ("1")) "," MISSING ("1") "," HI),
      "tool-pairs-repaired" },
    { new,
      BODY (HI "," ASK (CALL ("1") "," CALL ("2")) "," RESULT ("2", "b")),
      BODY (HI "," ASK (CALL ("1") "," CALL ("2")) "," MISSING ("1") "," RESULT ("2", "b")),
      "tool-pairs-repaired" },
    { new,
      BODY (HI "," ASK (CALL ("1")) "," HI "," RESULT ("1", "a")),
      BODY (HI "," ASK (CALL ("1")) "," RESULT ("1", "a") "," HI),
      "tool-pairs-repaired" },
    /* the same id twice in one turn */
    { new,
      BODY (HI "," ASK (CALL ("1") "," CALL ("1") "," CALL (
          "1")) "," RESULT ("1", "a") "," RESULT ("1", "b") "," RESULT ("1", "c")),
      NULL,
      "" },
    { new,
      BODY (HI "," ASK (CALL ("1") "," CALL ("1")) "," RESULT ("1", "a")),
      BODY (HI "," ASK (CALL ("1") "," CALL ("1")) "," RESULT ("1", "a") "," MISSING ("1")),
      "tool-pairs-repaired" },
    /* the first was not answered; the second's result is its own */
    { new,
      BODY (HI "," ASK (CALL ("1")) "," HI "," ASK (CALL ("1")) "," RESULT ("1", "b")),
      BODY (HI "," ASK (CALL ("1")) "," MISSING ("1") "," HI
                                                      "," ASK (CALL ("1")) "," RESULT ("1", "b")),
      "tool-pairs-repaired" },
  };

  patch_stage_check (JUMP_DIALECT_CHAT, rows, G_N_ELEMENTS (rows));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chat-pairs-patch/pairs", test_pairs);
  return g_test_run ();
}
