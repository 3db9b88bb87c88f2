/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/tool-choice.h"

#include "service/base/json-read.h"
#include "service/simulator/schema-instance.h"

#define SCORE_NAMED         100
#define SCORE_NAME_WORD     10
#define SCORE_TOPIC_IN_NAME 8
#define SCORE_TOPIC_IN_TEXT 4

/* What people say when they mean a tool about something. */
static const struct
{
  const char *topic;
  const char *words[8];
} topics[] = {
  { "weather", { "weather", "rain", "raining", "temperature", "forecast", "sunny" } },
  { "file", { "file", "files", "readme", "readme.md" } },
  { "read", { "read", "open", "show" } },
  { "write", { "write", "create", "save" } },
  { "create", { "create", "make", "add", "new" } },
  { "search", { "search", "find", "grep", "look", "web" } },
  { "time", { "time", "clock", "o'clock", "late" } },
  { "list", { "list", "directory", "folder" } },
  { "run", { "run", "execute", "command", "shell" } },
  { "calc", { "calculate", "sum", "plus", "times" } },
};

static JsonObject *
get_function (const JumpChatQuestion *question, guint i)
{
  JsonObject *tool = jump_json_array_get_object (question->tools, i);

  return tool == NULL ? NULL : jump_json_get_object (tool, "function");
}

static const char *
get_name (const JumpChatQuestion *question, guint i)
{
  JsonObject *function = get_function (question, i);

  return function == NULL ? "" : jump_json_get_string (function, "name", "");
}

/* get_weather, get-weather, getWeather → "get weather" */
static char *
split_name (const char *name)
{
  GString *text = g_string_new (NULL);

  for (const char *c = name; *c != '\0'; c++)
    {
      if (*c == '_' || *c == '-')
        {
          g_string_append_c (text, ' ');
          continue;
        }
      if (g_ascii_isupper (*c) && c > name && g_ascii_islower (c[-1]))
        g_string_append_c (text, ' ');
      g_string_append_c (text, g_ascii_tolower (*c));
    }
  return g_string_free (text, FALSE);
}

static gboolean
has_topic (const JumpPromptWords *words, guint topic)
{
  for (guint i = 0; i < G_N_ELEMENTS (topics[topic].words); i++)
    {
      const char *word = topics[topic].words[i];

      if (word != NULL && jump_prompt_words_has (words, word))
        return TRUE;
    }
  return FALSE;
}

static guint
score_topics (const JumpPromptWords *words, const char *name, const char *description)
{
  guint score = 0;

  for (guint i = 0; i < G_N_ELEMENTS (topics); i++)
    {
      if (!has_topic (words, i))
        continue;
      if (strstr (name, topics[i].topic) != NULL)
        score += SCORE_TOPIC_IN_NAME;
      else if (strstr (description, topics[i].topic) != NULL)
        score += SCORE_TOPIC_IN_TEXT;
    }
  return score;
}

static guint
score_tool (const JumpChatQuestion *question, const JumpPromptWords *words, guint i)
{
  JsonObject *function = get_function (question, i);
  const char *name = get_name (question, i);
  g_autofree char *lower = g_ascii_strdown (name, -1);
  g_autofree char *spaced = split_name (name);
  g_auto (GStrv) parts = g_strsplit (spaced, " ", -1);
  g_autofree char *description = NULL;
  guint score = 0;

  if (function == NULL || *name == '\0')
    return 0;
  description = g_ascii_strdown (jump_json_get_string (function, "description", ""), -1);
  if (jump_prompt_words_has (words, lower))
    score += SCORE_NAMED;
  for (guint j = 0; parts[j] != NULL; j++)
    {
      if (strlen (parts[j]) >= 4 && jump_prompt_words_has (words, parts[j]))
        score += SCORE_NAME_WORD;
    }
  return score + score_topics (words, spaced, description);
}

/* The tool that tool_choice names; -1: none. */
static int
get_forced (const JumpChatQuestion *question)
{
  JsonObject *choice = jump_json_get_object (question->body, "tool_choice");
  JsonObject *function = choice == NULL ? NULL : jump_json_get_object (choice, "function");
  const char *name = function == NULL ? NULL : jump_json_get_string (function, "name", NULL);

  for (guint i = 0; name != NULL && i < json_array_get_length (question->tools); i++)
    {
      if (g_str_equal (get_name (question, i), name))
        return (int) i;
    }
  return -1;
}

static void
add_call (const JumpChatQuestion *question,
          const JumpPromptWords *words,
          guint tool,
          guint variant,
          JumpChatAnswer *answer)
{
  JsonObject *function = get_function (question, tool);
  JsonObject *schema = jump_json_get_object (function, "parameters");
  JsonObject *properties = schema == NULL ? NULL : jump_json_get_object (schema, "properties");
  gboolean takes_nothing = properties == NULL || json_object_get_size (properties) == 0;
  char *arguments =
      takes_nothing ? g_strdup ("") : jump_schema_instance_make (schema, words, variant, FALSE);

  jump_chat_answer_add_call (answer, get_name (question, tool), arguments);
}

static gboolean
wants_two (const JumpChatQuestion *question, const JumpPromptWords *words, guint second_score)
{
  if (!jump_json_get_boolean (question->body, "parallel_tool_calls", TRUE))
    return FALSE;
  return second_score >= SCORE_NAMED || jump_prompt_words_has (words, "both") ||
         jump_prompt_words_has (words, "parallel") ||
         jump_prompt_words_has (words, "simultaneously");
}

/**
 * jump_tool_choice_add_calls:
 * @question: what was asked; the last message is not a tool's
 * @words: of its prompt
 * @answer: gets no call, one, or two
 */
void
jump_tool_choice_add_calls (const JumpChatQuestion *question,
                            const JumpPromptWords *words,
                            JumpChatAnswer *answer)
{
  const char *mode = jump_json_get_string (question->body, "tool_choice", "auto");
  guint n = question->tools == NULL ? 0 : json_array_get_length (question->tools);
  int forced;
  guint best = 0;
  guint second = 0;
  guint scores[2] = { 0, 0 };

  if (n == 0 || g_str_equal (mode, "none"))
    return;
  forced = get_forced (question);
  if (forced >= 0)
    {
      add_call (question, words, (guint) forced, 0, answer);
      return;
    }
  for (guint i = 0; i < n; i++)
    {
      guint score = score_tool (question, words, i);

      if (score > scores[0])
        {
          second = best;
          scores[1] = scores[0];
          best = i;
          scores[0] = score;
        }
      else if (score > scores[1])
        {
          second = i;
          scores[1] = score;
        }
    }
  if (scores[0] == 0 && !g_str_equal (mode, "required"))
    return;
  add_call (question, words, best, 0, answer);
  if (wants_two (question, words, scores[1]))
    add_call (question, words, scores[1] > 0 ? second : best, 1, answer);
}
