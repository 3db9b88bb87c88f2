/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/wit.h"

#include "service/base/json-write.h"
#include "service/simulator/file-order.h"
#include "service/simulator/model-shelf.h"
#include "service/simulator/picture-size.h"
#include "service/simulator/prompt-words.h"
#include "service/simulator/scenario-facts.h"
#include "service/simulator/schema-instance.h"
#include "service/simulator/tool-choice.h"

/* How much of a prompt is said back: a whole file would be no joke. */
#define ECHO_LENGTH    4000
#define SNIPPET_LENGTH 160
#define RESULT_LENGTH  400
#define THOUGHT_LENGTH 40

/* Each %s is what was asked. */
static const char *const openers[] = {
  "You said “%s” and I have been thinking about nothing else for at least four milliseconds.",
  "“%s” – a fine thing to ask a program that has never left this machine.",
  "Let me repeat that so it sounds considered: “%s”.",
  "I heard “%s”. My sources, all of them imaginary, agree with you.",
  "“%s”? That is exactly the kind of question I was not trained for, which makes two of us.",
  "If I had a credit for every “%s”, the quota page would look much better.",
  "Somewhere a large model is sweating over “%s”. I am a small table of sentences and quite relaxed.",
  "“%s”. Noted, weighed, and found to be of excellent length.",
  "Fasten your seat belt: “%s” is now being answered from the jump seat.",
  "Short version of “%s”: yes. Long version: yes, but with more words.",
  "I asked the duck on your desk about “%s”. It says you already know the answer.",
  "“%s” – copied, understood, and cheerfully simulated.",
};

static const char *const closers[] = {
  "All you just saw – tokens, pauses, price – went through the pipes of a real answer.",
  "Sign in with a real seat and somebody cleverer will take over.",
  "Ask for a tool by name and I will even pretend to work.",
  "No credits were harmed in the making of this reply.",
  "Try me with a picture, a JSON schema or a tool; I have one trick for each.",
  "That was word by word, as promised. The full stop comes free of charge.",
};

/* One line, not too long, cut between letters. */
static char *
make_snippet (const char *text, glong longest)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *start = NULL;

  g_strdelimit (valid, "\r\n\t", ' ');
  g_strstrip (valid);
  if (g_utf8_strlen (valid, -1) <= longest)
    return g_steal_pointer (&valid);
  start = g_utf8_substring (valid, 0, longest);
  return g_strconcat (start, "…", NULL);
}

static char *
replace_once (const char *template, const char *text)
{
  const char *place = strstr (template, "%s");

  return g_strdup_printf ("%.*s%s%s", (int) (place - template), template, text, place + 2);
}

static char *
make_small_talk (const JumpQuestion *question, const JumpPromptWords *words)
{
  g_autofree char *snippet = make_snippet (question->prompt, SNIPPET_LENGTH);
  guint hash = g_str_hash (question->prompt);
  g_autofree char *opener = replace_once (openers[hash % G_N_ELEMENTS (openers)], snippet);
  const char *closer = closers[(hash >> 8) % G_N_ELEMENTS (closers)];

  if (jump_prompt_words_has (words, "haiku") || jump_prompt_words_has (words, "poem"))
    return g_strconcat ("A local port hums,\none seat for the whole wide desk –\ntokens "
                        "fall like snow.\n\n",
                        closer,
                        NULL);
  if (jump_prompt_words_has (words, "code") || jump_prompt_words_has (words, "function") ||
      jump_prompt_words_has (words, "python"))
    return g_strconcat (opener,
                        "\n\n```python\ndef answer(question: str) -> int:\n    "
                        "\"\"\"Works for every question, in constant time.\"\"\"\n    return "
                        "42\n```\n\n",
                        closer,
                        NULL);
  return g_strconcat (opener, "\n\n", closer, NULL);
}

static char *
make_echo (const JumpQuestion *question)
{
  g_autofree char *text = make_snippet (question->prompt, ECHO_LENGTH);

  return g_strconcat ("You said: ", text, NULL);
}

static char *
make_picture_talk (const JumpQuestion *question)
{
  JumpPictureSize size;

  if (!jump_picture_size_read (question->image_url, &size))
    return g_strdup_printf ("I see %u image%s, the first in a format I do not know.",
                            question->n_images,
                            question->n_images == 1 ? "" : "s");
  return g_strdup_printf ("I see %u image%s, the first %u×%u %s.",
                          question->n_images,
                          question->n_images == 1 ? "" : "s",
                          size.width,
                          size.height,
                          size.format);
}

/* An order to write a file is reported as done; other results are said back. */
static char *
make_result_talk (const JumpQuestion *question, gboolean witty)
{
  g_autofree char *result = make_snippet (question->tool_result, RESULT_LENGTH);
  const char *tool = question->tool_name == NULL ? "the tool" : question->tool_name;
  g_autofree char *picture = question->n_images > 0 ? make_picture_talk (question) : NULL;
  g_auto (JumpFileOrder) order = { 0 };

  if (jump_file_order_read (&order, question->prompt))
    return g_strdup_printf ("Done: %s is written. %s says: %s", order.name, tool, result);
  return g_strdup_printf ("%s says: %s%s%s%s",
                          tool,
                          result,
                          picture == NULL ? "" : "\n",
                          picture == NULL ? "" : picture,
                          witty ? "\n\nI could not have put it better, having put nothing at all."
                                : "");
}

/* Returns: (transfer full) (nullable): JSON when JSON is asked for. */
static char *
make_formatted (const JumpQuestion *question, const JumpPromptWords *words)
{
  g_auto (JumpJsonWriter) writer = { 0 };
  g_autofree char *snippet = NULL;

  if (question->schema != NULL)
    return jump_schema_instance_make (question->schema, words, 0, TRUE);
  if (!question->wants_json)
    return NULL;
  snippet = make_snippet (question->prompt, SNIPPET_LENGTH);
  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (&writer, "you_said", snippet);
  jump_json_writer_member_boolean (&writer, "simulated", TRUE);
  jump_json_writer_end_object (&writer);
  return jump_json_writer_finish (&writer);
}

/* Speaks of the prompt, so that the thoughts of two turns differ. */
static char *
make_reasoning (const JumpQuestion *question)
{
  g_autofree char *snippet = make_snippet (question->prompt, THOUGHT_LENGTH);

  return g_strdup_printf (
      "The user wants an answer to “%s”. I have a list of them. Picking the one "
      "whose number the hash gives.",
      snippet);
}

static gboolean
wants_reasoning (const JumpQuestion *question, const JumpPromptWords *words)
{
  if (!jump_model_reasons (question->model))
    return FALSE;
  switch (question->thinking)
    {
    case JUMP_THINKING_OFF:
      return FALSE;
    case JUMP_THINKING_ON:
      return TRUE;
    case JUMP_THINKING_IF_TOLD:
      break;
    }
  return jump_prompt_words_has (words, "think");
}

/* At the first of all stop texts. */
static void
cut_at_stop (const JumpQuestion *question, JumpAnswer *answer)
{
  for (guint i = 0; answer->text != NULL && i < question->stops->len; i++)
    {
      const char *stop = question->stops->pdata[i];
      char *place = *stop == '\0' ? NULL : strstr (answer->text, stop);

      if (place == NULL)
        continue;
      *place = '\0';
      answer->finish = JUMP_FINISH_STOP_TEXT;
      g_free (answer->stop_text);
      answer->stop_text = g_strdup (stop);
    }
}

static void
cut_at_limit (const JumpQuestion *question, JumpAnswer *answer)
{
  gint64 letters = question->max_tokens * 4;
  char *end;

  if (answer->text == NULL || question->max_tokens < 0 || (gint64) strlen (answer->text) <= letters)
    return;
  end = answer->text + letters;
  while (end > answer->text && ((guchar) *end & 0xC0) == 0x80)
    end--;
  *end = '\0';
  answer->finish = JUMP_FINISH_LENGTH;
}

/* A small request beside the talk itself, such as for the talk's name. */
static gboolean
is_side_request (const JumpQuestion *question)
{
  return question->wants_title && question->tools->len == 0;
}

static char *
make_text (const JumpQuestion *question, const JumpPromptWords *words, gboolean witty)
{
  char *formatted = make_formatted (question, words);

  if (formatted != NULL)
    return formatted;
  if (question->tool_result != NULL)
    return make_result_talk (question, witty);
  if (is_side_request (question))
    return g_strdup ("Simulated talk");
  if (question->n_images > 0)
    return make_picture_talk (question);
  return witty ? make_small_talk (question, words) : make_echo (question);
}

static gboolean
is_refused (const JumpQuestion *question)
{
  if ((question->quirks & JUMP_QUIRK_REFUSAL) != 0)
    return TRUE;
  return question->tool_result == NULL && strstr (question->prompt, "please refuse") != NULL;
}

/* Claude says what it is about to do, which is how its split choices come about. */
static void
announce_calls (const JumpQuestion *question, JumpAnswer *answer)
{
  const JumpAnsweredCall *call = answer->calls->pdata[0];

  if (jump_model_is_vendor (question->model, "Anthropic"))
    answer->text = g_strdup_printf ("Let me use %s for that.", call->name);
}

/**
 * jump_wit_answer:
 * @question: what was asked
 * @witty: FALSE: the bare echo that tests can predict
 *
 * Returns: (transfer full): always the same for the same question, ids apart
 */
JumpAnswer *
jump_wit_answer (const JumpQuestion *question, gboolean witty)
{
  g_auto (JumpPromptWords) words = { 0 };
  JumpAnswer *answer = jump_answer_new ();

  jump_prompt_words_init (&words, question->prompt);
  if (is_refused (question))
    {
      answer->text = g_strdup ("I cannot help with that.");
      answer->finish = JUMP_FINISH_REFUSAL;
      return answer;
    }
  if (wants_reasoning (question, &words))
    answer->reasoning = make_reasoning (question);
  if (question->tool_result == NULL && strstr (question->prompt, "Do NOT call any tools") == NULL)
    jump_tool_choice_add_calls (question, &words, answer);
  if (answer->calls->len > 0)
    {
      announce_calls (question, answer);
      return answer;
    }
  answer->text = make_text (question, &words, witty);
  cut_at_stop (question, answer);
  cut_at_limit (question, answer);
  return answer;
}
