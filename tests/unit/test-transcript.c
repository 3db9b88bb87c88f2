/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/transcript.h"

#include <string.h>

typedef struct
{
  const char *api;
  const char *path;
  guint status;
  const char *request; /* (nullable): with ' for " */
  const char *reply;   /* (nullable): the same */
  const char *expected;
} Case;

static const char *const kinds[] = {
  [JUMP_TRANSCRIPT_SYSTEM] = "system",       [JUMP_TRANSCRIPT_USER] = "user",
  [JUMP_TRANSCRIPT_ASSISTANT] = "assistant", [JUMP_TRANSCRIPT_THINKING] = "thinking",
  [JUMP_TRANSCRIPT_TOOL_CALL] = "call",      [JUMP_TRANSCRIPT_TOOL_RESULT] = "result",
  [JUMP_TRANSCRIPT_IMAGE] = "image",         [JUMP_TRANSCRIPT_ERROR] = "error",
};

static char *
quote (const char *text)
{
  return g_strdelimit (g_strdup (text), "'", '"');
}

static JumpExchangeRecord *
new_record (const Case *test)
{
  JumpExchangeRecord *record = jump_exchange_record_new ();
  g_autofree char *request = test->request != NULL ? quote (test->request) : NULL;
  g_autofree char *reply = test->reply != NULL ? quote (test->reply) : NULL;

  record->state = JUMP_EXCHANGE_ENDED;
  record->id = g_strdup ("id");
  record->api = test->api;
  record->path = g_strdup (test->path);
  record->status = test->status;
  if (request != NULL)
    record->request_body = g_bytes_new (request, strlen (request));
  if (reply != NULL)
    {
      record->reply_body = g_byte_array_new ();
      g_byte_array_append (record->reply_body, (const guint8 *) reply, (guint) strlen (reply));
    }
  return record;
}

/* Returns: (transfer full): "kind title: text", a line each */
static char *
describe (const JumpExchangeRecord *record)
{
  g_autoptr (GPtrArray) parts = jump_transcript_new (record);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < parts->len; i++)
    {
      const JumpTranscriptPart *part = g_ptr_array_index (parts, i);

      g_assert_nonnull (part->text);
      g_assert_true (g_utf8_validate (part->text, -1, NULL));
      g_string_append_printf (text,
                              "%s%s%s: %s\n",
                              kinds[part->kind],
                              part->title != NULL ? " " : "",
                              part->title != NULL ? part->title : "",
                              part->text);
    }
  return g_string_free (text, FALSE);
}

static const Case cases[] = {
  { "chat",
    "/v1/chat/completions",
    200,
    "{'model':'m','messages':[{'role':'system','content':'Be brief.'},"
    "{'role':'user','content':[{'type':'text','text':'Look:'},{'type':'text','text':'here'},"
    "{'type':'image_url','image_url':{'url':'data:image/png;base64,AAAABBBBCCCC'}},"
    "{'type':'image_url','image_url':{'url':'https://example.org/a.png'}}]},"
    "{'role':'assistant','content':null,'tool_calls':[{'id':'c1','type':'function',"
    "'function':{'name':'read','arguments':'{}'}}]},"
    "{'role':'tool','tool_call_id':'c1','content':'forty'}]}",
    "{'id':'x','object':'chat.completion','model':'m','choices':[{'index':0,'message':"
    "{'role':'assistant','content':'Forty two.'},'finish_reason':'stop'}]}",
    "system: Be brief.\n"
    "user: Look:\n\nhere\n"
    "image: PNG image, 9 bytes\n"
    "image: image, https://example.org/a.png\n"
    "call read: {}\n"
    "result read: forty\n"
    "assistant: Forty two.\n" },
  { "messages",
    "/v1/messages",
    200,
    "{'model':'m','max_tokens':9,'system':'S','messages':[{'role':'user','content':'Hi'},"
    "{'role':'assistant','content':[{'type':'tool_use','id':'t1','name':'ls','input':{'a':1}}]},"
    "{'role':'user','content':[{'type':'tool_result','tool_use_id':'t1','is_error':true,"
    "'content':[{'type':'text','text':'no'}]}]}]}",
    "event: message_start\ndata: {'type':'message_start','message':{'id':'x','type':'message',"
    "'role':'assistant','model':'m','content':[],'usage':{'input_tokens':1,'output_tokens':1}}}\n\n"
    "event: content_block_start\ndata: {'type':'content_block_start','index':0,'content_block':"
    "{'type':'thinking','thinking':''}}\n\n"
    "event: content_block_delta\ndata: {'type':'content_block_delta','index':0,'delta':"
    "{'type':'thinking_delta','thinking':'Hm.'}}\n\n"
    "event: content_block_stop\ndata: {'type':'content_block_stop','index':0}\n\n"
    "event: content_block_start\ndata: {'type':'content_block_start','index':1,'content_block':"
    "{'type':'text','text':''}}\n\n"
    "event: content_block_delta\ndata: {'type':'content_block_delta','index':1,'delta':"
    "{'type':'text_delta','text':'Yes'}}\n\n"
    "event: content_block_stop\ndata: {'type':'content_block_stop','index':1}\n\n"
    "event: message_delta\ndata: {'type':'message_delta','delta':{'stop_reason':'end_turn'},"
    "'usage':{'output_tokens':2}}\n\n"
    "event: message_stop\ndata: {'type':'message_stop'}\n\n",
    "system: S\n"
    "user: Hi\n"
    "call ls: {\"a\":1}\n"
    "result ls (error): no\n"
    "thinking: Hm.\n"
    "assistant: Yes\n" },
  { "responses",
    "/v1/responses",
    200,
    "{'model':'m','instructions':'I','input':'Hello'}",
    "{'id':'r','object':'response','status':'completed','model':'m','output':[{'type':'message',"
    "'id':'m1','role':'assistant','status':'completed','content':[{'type':'output_text','text':"
    "'Hi','annotations':[]}]}]}",
    "system: I\n"
    "user: Hello\n"
    "assistant: Hi\n" },
  { "completions",
    "/v1/completions",
    200,
    "{'model':'m','prompt':'Once'}",
    "data: {'choices':[{'text':' upon','index':0,'finish_reason':null}]}\n\n"
    "data: {'choices':[{'text':' a time','index':0,'finish_reason':'stop'}]}\n\ndata: [DONE]\n\n",
    "user: Once\n"
    "assistant:  upon a time\n" },
  { "completions",
    "/v1/completions",
    200,
    "{'model':'m','prompt':'Once'}",
    "{'choices':[{'text':'one','index':0,'finish_reason':'stop'},"
    "{'text':'two','index':1,'finish_reason':'stop'}]}",
    "user: Once\n"
    "assistant: one\n"
    "assistant: two\n" },
  { "ollama",
    "/api/chat",
    200,
    "{'model':'m','messages':[{'role':'user','content':'Hi'}]}",
    "{'message':{'role':'assistant','content':'','thinking':'H'},'done':false}\n"
    "{'message':{'role':'assistant','content':'','thinking':'m'},'done':false}\n"
    "{'message':{'role':'assistant','content':'Ye'},'done':false}\n"
    "{'message':{'role':'assistant','content':'s'},'done':false}\n"
    "{'message':{'role':'assistant','content':'','tool_calls':[{'function':{'name':'f',"
    "'arguments':{'x':2}}}]},'done':false}\n"
    "{'message':{'role':'assistant','content':''},'done':true}\n",
    "user: Hi\n"
    "thinking: Hm\n"
    "assistant: Yes\n"
    "call f: {\"x\":2}\n" },
  { "ollama",
    "/api/generate",
    200,
    "{'model':'m','prompt':'Hi'}",
    "{'response':'Hello','done':true}",
    "user: Hi\n"
    "assistant: Hello\n" },
  { "embeddings",
    "/v1/embeddings",
    200,
    "{'model':'m','input':['a','b']}",
    "{'data':[{'index':0,'embedding':[1,2,3]},{'index':1,'embedding':[4,5,6]}]}",
    "user: a\n"
    "user: b\n"
    "assistant: 2 vectors of 3 numbers\n" },
  { "embeddings",
    "/api/embeddings",
    200,
    "{'model':'m','prompt':'a'}",
    "{'embedding':[1,2]}",
    "user: a\n"
    "assistant: 1 vector of 2 numbers\n" },
  { "embeddings",
    "/v1/embeddings",
    200,
    "{'model':'m','input':'a','encoding_format':'base64'}",
    "{'data':[{'index':0,'embedding':'AAAAAAAAAAAAAAAA'}]}",
    "user: a\n"
    "assistant: 1 vector of 3 numbers\n" },
  { "count",
    "/v1/messages/count_tokens",
    200,
    "{'model':'m','messages':[{'role':'user','content':'Hi'}]}",
    "{'input_tokens':12}",
    "user: Hi\n"
    "assistant: 12 tokens\n" },
  { "count",
    "/v1/responses/input_tokens",
    200,
    "{'model':'m','input':'Hi'}",
    "{'object':'response.input_tokens','input_tokens':12}",
    "user: Hi\n"
    "assistant: 12 tokens\n" },

  /* errors */
  { "chat",
    "/v1/chat/completions",
    503,
    "{'model':'m','messages':[{'role':'user','content':'Hi'}]}",
    "{'error':{'message':'Nobody home','type':'api_error'}}",
    "user: Hi\nerror: Nobody home\n" },
  { "ollama",
    "/api/chat",
    404,
    "{'model':'m','messages':[{'role':'user','content':'Hi'}]}",
    "{'error':'model not found'}",
    "user: Hi\nerror: model not found\n" },
  { "ollama",
    "/api/chat",
    200,
    NULL,
    "{'message':{'role':'assistant','content':'Half'},'done':false}\n{'error':'Broken'}\n",
    "assistant: Half\nerror: Broken\n" },
  { "chat", "/v1/chat/completions", 400, "{'model", "{'error':{'message':'bad'}}", "error: bad\n" },
  { "chat",
    "/v1/chat/completions",
    200,
    "{'model':'m','messages':[{'role':'user','content':'Hi'}]}",
    "nonsense",
    "user: Hi\nerror: The reply cannot be read: see the raw view.\n" },
  { "messages",
    "/v1/messages",
    200,
    NULL,
    "{'half':",
    "error: The reply cannot be read: see the raw view.\n" },
  { "chat", "/v1/chat/completions", 200, NULL, NULL, "" },
  { NULL, "/elsewhere", 200, "{}", "{}", "" },
  { "strange", "/elsewhere", 200, "[]", "[]", "" },
};

static void
test_cases (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JumpExchangeRecord) record = new_record (&cases[i]);
      g_autofree char *text = describe (record);

      g_test_message ("%s %s", cases[i].path, cases[i].reply);
      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

/* ---- replies that are not all there ---- */

#define CHUNK(text) "data: {'choices':[{'index':0,'delta':{'content':'" text "'}}]}\n\n"

static const Case half = {
  "chat", "/v1/chat/completions", 200, NULL, CHUNK ("One") CHUNK (" two") "data: {'choi", "",
};

static void
assert_half (const JumpExchangeRecord *record, const char *end)
{
  g_autofree char *text = describe (record);
  g_autofree char *expected = g_strconcat ("assistant: One two\n", end, NULL);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_half (void)
{
  g_autoptr (JumpExchangeRecord) record = new_record (&half);

  record->state = JUMP_EXCHANGE_STREAMING;
  assert_half (record, "");

  record->state = JUMP_EXCHANGE_ENDED;
  record->status = 499;
  assert_half (record, "error: The client left before the reply was complete.\n");
  record->error = g_strdup ("cancelled by the user");
  assert_half (record, "error: cancelled by the user\n");
  record->status = 200;
  record->is_reply_cut = TRUE;
  assert_half (record, "error: The reply went on: only its beginning was kept.\n");
}

/* Cut at any byte, and any byte wrong: there is something to read, or nothing, but never a failure. */
static void
test_damaged (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize length = cases[i].reply != NULL ? strlen (cases[i].reply) : 0;

      for (gsize cut = 0; cut < length; cut++)
        {
          g_autoptr (JumpExchangeRecord) record = new_record (&cases[i]);
          g_autofree char *text = NULL;
          g_autofree char *damaged = NULL;

          record->reply_body->data[cut] ^= 0x85;
          damaged = describe (record);
          record->reply_body->data[cut] ^= 0x85;
          g_byte_array_set_size (record->reply_body, (guint) cut);
          record->is_reply_cut = TRUE;
          text = describe (record);
        }
    }
}

/* ---- much of it ---- */

static void
test_long_text (void)
{
  g_autofree char *content = g_strnfill (300 * 1024, 'x');
  g_autofree char *request = NULL;
  Case test = { "chat", "/v1/chat/completions", 200, NULL, NULL, "" };
  g_autoptr (JumpExchangeRecord) record = NULL;
  g_autoptr (GPtrArray) parts = NULL;
  const JumpTranscriptPart *part;

  memcpy (content + 64 * 1024 - 1, "ü", 2);
  request = g_strdup_printf ("{'model':'m','messages':[{'role':'user','content':'%s'}]}", content);
  test.request = request;
  record = new_record (&test);
  parts = jump_transcript_new (record);
  g_assert_cmpuint (parts->len, ==, 1);
  part = parts->pdata[0];
  g_assert_cmpuint (strlen (part->text), <, 65 * 1024);
  g_assert_true (g_utf8_validate (part->text, -1, NULL));
  g_assert_nonnull (strstr (part->text, "the raw view has all of it"));
}

static void
test_long_conversation (void)
{
  GString *request = g_string_new ("{'model':'m','messages':[{'role':'system','content':'First'}");
  g_autofree char *content = g_strnfill (10 * 1024, 'x');
  Case test = { "chat", "/v1/chat/completions", 200, NULL, NULL, "" };
  g_autoptr (JumpExchangeRecord) record = NULL;
  g_autoptr (GPtrArray) parts = NULL;
  const JumpTranscriptPart *part;

  for (guint i = 0; i < 200; i++)
    g_string_append_printf (request, ",{'role':'user','content':'%u %s'}", i, content);
  g_string_append (request, "]}");
  test.request = request->str;
  record = new_record (&test);
  parts = jump_transcript_new (record);
  g_assert_cmpuint (parts->len, <, 110);
  g_assert_cmpuint (parts->len, >, 90);
  part = parts->pdata[0];
  g_assert_cmpstr (part->text, ==, "First");
  part = parts->pdata[1];
  g_assert_nonnull (strstr (part->text, "earlier parts are left out"));
  part = parts->pdata[parts->len - 1];
  g_assert_true (g_str_has_prefix (part->text, "199 "));
  g_string_free (request, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/transcript/cases", test_cases);
  g_test_add_func ("/transcript/half", test_half);
  g_test_add_func ("/transcript/damaged", test_damaged);
  g_test_add_func ("/transcript/long-text", test_long_text);
  g_test_add_func ("/transcript/long-conversation", test_long_conversation);
  return g_test_run ();
}
