/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/json-read.h"
#include "service/simulator/file-order.h"
#include "service/simulator/file-tool.h"
#include "service/simulator/scenario-facts.h"

/* The tools of the agents, as far as they matter here. */
#define TEXT "{\"type\":\"string\"}"
#define WRITE                                                                          \
  "{\"type\":\"object\",\"properties\":{\"file_path\":" TEXT ",\"content\":" TEXT "}," \
  "\"required\":[\"file_path\",\"content\"]}"
#define WRITE_CAMEL                                                                   \
  "{\"type\":\"object\",\"properties\":{\"content\":" TEXT ",\"filePath\":" TEXT "}," \
  "\"required\":[\"content\",\"filePath\"]}"
#define EDIT                                                                         \
  "{\"type\":\"object\",\"properties\":{\"file_path\":" TEXT ",\"old_string\":" TEXT \
  ",\"new_string\":" TEXT "},\"required\":[\"file_path\",\"old_string\",\"new_string\"]}"
#define BASH                                                                         \
  "{\"type\":\"object\",\"properties\":{\"command\":" TEXT ",\"timeout\":{\"type\":" \
  "\"number\"}},\"required\":[\"command\"]}"
#define EXEC "{\"type\":\"object\",\"properties\":{\"cmd\":" TEXT "},\"required\":[\"cmd\"]}"
#define SHELL                                                                            \
  "{\"type\":\"object\",\"properties\":{\"command\":{\"type\":\"array\",\"items\":" TEXT \
  "},\"workdir\":" TEXT "},\"required\":[\"command\",\"workdir\"]}"
#define PATCH \
  "{\"type\":\"object\",\"properties\":{\"patchText\":" TEXT "},\"required\":[\"patchText\"]}"

#define INPUT "{\"type\":\"object\",\"properties\":{\"input\":" TEXT "},\"required\":[\"input\"]}"

#define ORDER "Please create a file hello.txt with the text: hello there"

typedef struct
{
  const char *names[3];
  const char *schemas[3]; /* NULL: takes any text */
  const char *prompt;
  const char *call;
} Row;

static const Row rows[] = {
  { { "Bash", "Edit", "Write" },
    { BASH, EDIT, WRITE },
    ORDER,
    "Write {\"file_path\":\"/home/ann/hello.txt\",\"content\":\"hello there\"}" },
  { { "Bash", "Edit", "Write" },
    { BASH, EDIT, WRITE },
    "Use Bash to create hello.txt containing 'hello'",
    "Bash {\"command\":\"printf '%s\\\\n' 'hello' > 'hello.txt'\"}" },
  { { "bash", "write" },
    { BASH, WRITE_CAMEL },
    ORDER,
    "write {\"content\":\"hello there\",\"filePath\":\"/home/ann/hello.txt\"}" },
  { { "bash", "apply_patch" },
    { BASH, PATCH },
    ORDER,
    "apply_patch {\"patchText\":\"*** Begin Patch\\n*** Add File: hello.txt\\n+hello there\\n*** "
    "End Patch\\n\"}" },
  { { "exec_command", "apply_patch" },
    { EXEC, NULL },
    ORDER,
    "apply_patch *** Begin Patch\n*** Add File: hello.txt\n+hello there\n*** End Patch\n" },
  { { "exec_command" },
    { EXEC },
    ORDER,
    "exec_command {\"cmd\":\"printf '%s\\\\n' 'hello there' > 'hello.txt'\"}" },
  { { "shell" },
    { SHELL },
    ORDER,
    "shell {\"command\":[\"bash\",\"-lc\",\"printf '%s\\\\n' 'hello there' > 'hello.txt'\"],"
    "\"workdir\":\"/home/ann\"}" },
  { { "exec" },
    { NULL },
    ORDER,
    "exec const r = await tools.exec_command({cmd: \"printf '%s\\\\n' 'hello there' > "
    "'hello.txt'\"});\ntext(r.output);\n" },
  { { "functions__exec" },
    { INPUT },
    ORDER,
    "functions__exec {\"input\":\"const r = await tools.exec_command({cmd: \\\"printf '%s\\\\\\\\n' "
    "'hello there' > 'hello.txt'\\\"});\\ntext(r.output);\\n\"}" },
  { { "get_weather" }, { BASH }, ORDER, "" },
  { { "Write" }, { WRITE }, "Show me hello.txt", "" },
};

static void
run (const Row *row)
{
  g_autoptr (JsonObject) body = json_object_new ();
  g_autoptr (JsonObject) model = json_object_new ();
  g_autoptr (GPtrArray) schemas =
      g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  g_autoptr (JumpAnswer) answer = jump_answer_new ();
  g_auto (JumpQuestion) question = { 0 };
  g_auto (JumpPromptWords) words = { 0 };
  g_autofree char *call = g_strdup ("");

  jump_question_init (&question, body, model);
  for (guint i = 0; i < G_N_ELEMENTS (row->names) && row->names[i] != NULL; i++)
    {
      JsonObject *schema = NULL;

      if (row->schemas[i] != NULL)
        {
          schema = jump_json_parse_object (row->schemas[i], -1, NULL);
          g_ptr_array_add (schemas, schema);
        }
      jump_question_add_tool (&question,
                              (JumpOfferedTool){ .name = row->names[i],
                                                 .description = "",
                                                 .schema = schema,
                                                 .freeform = schema == NULL });
    }
  jump_question_add_system (&question, "Working directory: /home/ann");
  jump_question_add_user (&question, row->prompt, 0, NULL);
  jump_prompt_words_init (&words, question.prompt);
  if (jump_file_tool_add_call (&question, &words, answer))
    {
      const JumpAnsweredCall *answered = answer->calls->pdata[0];

      g_free (call);
      call = g_strdup_printf ("%s %s", answered->name, answered->arguments);
    }
  g_assert_cmpstr (call, ==, row->call);
}

static void
test_agents (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    run (&rows[i]);
}

static void
test_orders (void)
{
  static const struct
  {
    const char *prompt;
    const char *name; /* (nullable): NULL: no order */
    const char *content;
  } orders[] = {
    { "Create hello.txt with the text hello there.", "hello.txt", "hello there" },
    { "create a file called 'hello.txt' with the contents \"a b. c\"", "hello.txt", "a b. c" },
    { "Write hi to a file notes.md that says exactly: hi. Then stop.", "notes.md", "hi" },
    { "Call Write with file_path /tmp/x/hello.txt and content good day",
      "/tmp/x/hello.txt",
      "good day" },
    { "Put \"hello\" into hello.txt", "hello.txt", "hello" },
    { "Create hello.txt", "hello.txt", "Hello from the simulator" },
    { "Write something to hello.txt", NULL, NULL },
    { "What does hello.txt contain?", NULL, NULL },
    { "Write a poem", NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_auto (JumpFileOrder) order = { 0 };

      g_assert_cmpint (jump_file_order_read (&order, orders[i].prompt), ==, orders[i].name != NULL);
      g_assert_cmpstr (order.name, ==, orders[i].name);
      g_assert_cmpstr (order.content, ==, orders[i].content);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/file-tool/agents", test_agents);
  g_test_add_func ("/file-tool/orders", test_orders);
  return g_test_run ();
}
