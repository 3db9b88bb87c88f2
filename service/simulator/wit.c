/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/wit.h"

JumpChatAnswer *
jump_wit_answer (const JumpChatQuestion *question, gboolean witty)
{
  JumpChatAnswer *answer = jump_chat_answer_new ();

  answer->text = g_strconcat ("You said: ", question->prompt, NULL);
  return answer;
}
