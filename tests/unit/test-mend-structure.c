/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "mend-stage.h"

/* Who is not allowed a schema is told it in words, where the API has its instructions. */

#define MESS      (&jump_dialect_messages)
#define CHAT      (&jump_dialect_chat)
#define RESP      (&jump_dialect_responses)

#define DENIED    "constraints/vertexai.allowedPartnerModelFeatures violated"
#define UNKNOWN   "response_format: json_schema is not supported with this model"
#define NAME      "structured-outputs-dropped"

#define SCHEMA    "{\"type\":\"object\",\"title\":\"\\n\"}"
#define ONE_VALUE "Answer with one JSON value and nothing else."
#define WORDS \
  ONE_VALUE   \
  " It has to fit this JSON schema:\\n{\\\"type\\\":\\\"object\\\",\\\"title\\\":\\\"\\\\n\\\"}"

#define MESSAGES    "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]"
#define CONFIG      "\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":" SCHEMA "}}"
#define BLOCK(text) "{\"type\":\"text\",\"text\":\"" text "\"}"

static void
test_messages (void)
{
  const MendRow rows[] = {
    { MESS,
      NULL,
      NULL,
      DENIED,
      "{" CONFIG "," MESSAGES "}",
      "{\"system\":\"" WORDS "\",\"output_config\":{}," MESSAGES "}",
      NAME },
    { MESS,
      NULL,
      NULL,
      DENIED,
      "{\"system\":\"Be \\u0022kind\\u0022\"," CONFIG "," MESSAGES "}",
      "{\"system\":\"Be \\\"kind\\\"\\n\\n" WORDS "\",\"output_config\":{}," MESSAGES "}",
      NAME },
    { MESS,
      NULL,
      NULL,
      DENIED,
      "{\"system\":[" BLOCK ("a") "," BLOCK ("b") "]," CONFIG "}",
      "{\"system\":[" BLOCK ("a") "," BLOCK ("b") "," BLOCK (WORDS) "],\"output_config\":{}}",
      NAME },
    { MESS,
      NULL,
      NULL,
      DENIED,
      "{\"system\":[]," CONFIG "}",
      "{\"system\":\"" WORDS "\",\"output_config\":{}}",
      NAME },
    /* The place it had before. */
    { MESS,
      NULL,
      NULL,
      DENIED,
      "{\"output_format\":{\"type\":\"json_schema\",\"schema\":" SCHEMA "}}",
      "{\"system\":\"" WORDS "\"}",
      NAME },
    /* Nothing was asked of the answer. */
    { MESS,
      NULL,
      NULL,
      DENIED,
      "{\"tools\":[{\"name\":\"f\",\"strict\":true}]}",
      "{\"tools\":[{\"name\":\"f\"}]}",
      NAME },
  };

  mend_stage_check (rows, G_N_ELEMENTS (rows));
}

static void
test_openai (void)
{
#define HI           "{\"role\":\"user\",\"content\":\"hi\"}"
#define SYSTEM(text) "{\"role\":\"system\",\"content\":\"" text "\"}"
#define DEVELOPER    "{\"role\":\"developer\",\"content\":\"d\"}"
#define FORMAT                                                                                       \
  "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\",\"schema\":" SCHEMA \
  "}}"
  const MendRow rows[] = {
    { CHAT,
      NULL,
      NULL,
      UNKNOWN,
      "{\"messages\":[" HI "]," FORMAT "}",
      "{\"messages\":[" SYSTEM (WORDS) "," HI "]}",
      NAME },
    { CHAT,
      NULL,
      NULL,
      UNKNOWN,
      "{\"messages\":[" SYSTEM ("s") "," DEVELOPER "," HI "]," FORMAT "}",
      "{\"messages\":[" SYSTEM ("s") "," DEVELOPER "," SYSTEM (WORDS) "," HI "]}",
      NAME },
    { CHAT,
      NULL,
      NULL,
      "structured outputs are not supported",
      "{\"messages\":[" HI "],\"response_format\":{\"type\":\"json_object\"}}",
      "{\"messages\":[" SYSTEM (ONE_VALUE) "," HI "]}",
      NAME },
    { RESP,
      NULL,
      NULL,
      "text.format: json_schema is not supported",
      "{\"input\":\"hi\",\"instructions\":\"i\",\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":"
      "\"n\",\"schema\":" SCHEMA "},\"verbosity\":\"low\"}}",
      "{\"input\":\"hi\",\"instructions\":\"i\\n\\n" WORDS "\",\"text\":{\"verbosity\":\"low\"}}",
      NAME },
    { RESP,
      NULL,
      NULL,
      "text.format: json_schema is not supported",
      "{\"input\":\"hi\",\"text\":{\"format\":{\"type\":\"json_schema\",\"schema\":" SCHEMA "}}}",
      "{\"instructions\":\"" WORDS "\",\"input\":\"hi\",\"text\":{}}",
      NAME },
  };

  mend_stage_check (rows, G_N_ELEMENTS (rows));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mend-structure/messages", test_messages);
  g_test_add_func ("/mend-structure/openai", test_openai);
  return g_test_run ();
}
