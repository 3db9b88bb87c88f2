/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/tool-choice.h"

#include "service/base/json-read.h"
#include "service/simulator/file-tool.h"
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
score_tool (const JumpOfferedTool *tool, const JumpPromptWords *words)
{
  g_autofree char *lower = g_ascii_strdown (tool->name, -1);
  g_autofree char *spaced = split_name (tool->name);
  g_auto (GStrv) parts = g_strsplit (spaced, " ", -1);
  g_autofree char *description = g_ascii_strdown (tool->description, -1);
  guint score = 0;

  if (*tool->name == '\0')
    return 0;
  if (jump_prompt_words_has (words, lower))
    score += SCORE_NAMED;
  for (guint j = 0; parts[j] != NULL; j++)
    {
      if (strlen (parts[j]) >= 4 && jump_prompt_words_has (words, parts[j]))
        score += SCORE_NAME_WORD;
    }
  return score + score_topics (words, spaced, description);
}

/* Returns: (nullable): the tool that tool_choice names. */
static const JumpOfferedTool *
get_forced (const JumpQuestion *question)
{
  for (guint i = 0; question->forced_tool != NULL && i < question->tools->len; i++)
    {
      const JumpOfferedTool *tool = question->tools->pdata[i];

      if (g_str_equal (tool->name, question->forced_tool))
        return tool;
    }
  return NULL;
}

static char *
make_arguments (const JumpOfferedTool *tool, const JumpPromptWords *words, guint variant)
{
  JsonObject *properties =
      tool->schema == NULL ? NULL : jump_json_get_object (tool->schema, "properties");

  if (tool->freeform)
    return g_strdup (words->prompt);
  if (properties == NULL || json_object_get_size (properties) == 0)
    return g_strdup ("");
  return jump_schema_instance_make (tool->schema, words, variant, FALSE);
}

static void
add_call (const JumpOfferedTool *tool,
          const JumpPromptWords *words,
          guint variant,
          JumpAnswer *answer)
{
  JumpAnsweredCall *call =
      jump_answer_add_call (answer, tool->name, make_arguments (tool, words, variant));

  call->space = g_strdup (tool->space);
  call->freeform = tool->freeform;
}

static gboolean
wants_two (const JumpQuestion *question, const JumpPromptWords *words, guint second_score)
{
  if (question->one_call)
    return FALSE;
  return second_score >= SCORE_NAMED || jump_prompt_words_has (words, "both") ||
         jump_prompt_words_has (words, "parallel") ||
         jump_prompt_words_has (words, "simultaneously");
}

static void
add_best (const JumpQuestion *question, const JumpPromptWords *words, JumpAnswer *answer)
{
  const JumpOfferedTool *best = question->tools->pdata[0];
  const JumpOfferedTool *second = best;
  guint scores[2] = { 0, 0 };

  for (guint i = 0; i < question->tools->len; i++)
    {
      const JumpOfferedTool *tool = question->tools->pdata[i];
      guint score = score_tool (tool, words);

      if (score > scores[0])
        {
          second = best;
          scores[1] = scores[0];
          best = tool;
          scores[0] = score;
        }
      else if (score > scores[1])
        {
          second = tool;
          scores[1] = score;
        }
    }
  if (scores[0] == 0 && question->tool_mode != JUMP_TOOL_MODE_REQUIRED)
    return;
  add_call (best, words, 0, answer);
  if (wants_two (question, words, scores[1]))
    add_call (scores[1] > 0 ? second : best, words, 1, answer);
}

/**
 * jump_tool_choice_add_calls:
 * @question: what was asked; no tool has answered yet
 * @words: of its prompt
 * @answer: gets no call, one, or two
 */
void
jump_tool_choice_add_calls (const JumpQuestion *question,
                            const JumpPromptWords *words,
                            JumpAnswer *answer)
{
  const JumpOfferedTool *forced = get_forced (question);

  if (question->tools->len == 0 || question->tool_mode == JUMP_TOOL_MODE_NONE)
    return;
  if (forced != NULL)
    add_call (forced, words, 0, answer);
  else if (!jump_file_tool_add_call (question, words, answer))
    add_best (question, words, answer);
}
