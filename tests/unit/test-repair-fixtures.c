/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

/* Walks tests/fixtures/repair/<dialect>/<case>/: replies that stay in their dialect and are put right on the way,
 * with everything in them that nobody here knows. See tests/fixtures/README.md. */

#include "service/base/json-write.h"
#include "service/base/limits.h"
#include "service/sse/sse-parser.h"
#include "tests/support/conversation-words.h"
#include "tests/support/json-pretty.h"
#include "tests/unit/fixture-setup.h"
#include "tests/unit/fixture-stream.h"

#include <string.h>

#define N_RANDOM_CUTS 8
#define MAX_PIECE     60

typedef struct
{
  JumpReplyPipe *pipe; /* (owned) */
  GString *out;        /* (owned) */
  JumpPipeStep step;
} Run;

static void
run_clear (Run *self)
{
  jump_reply_pipe_free (self->pipe);
  g_string_free (self->out, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static gboolean
on_event (const JumpSseEvent *event, gpointer user_data)
{
  Run *run = user_data;

  run->step = jump_reply_pipe_event (run->pipe, event, run->out);
  return run->step == JUMP_PIPE_GO_ON;
}

static void
put_count (JumpJsonWriter *writer, const char *name, gint64 count)
{
  if (count >= 0)
    jump_json_writer_member_int (writer, name, count);
}

/* What the relay reads from the pipe when it is done. */
static char *
show_facts (const Run *run)
{
  static const char *const steps[] = { "go_on", "done", "error" };
  g_auto (JumpJsonWriter) writer;
  const JumpUsageCount *usage = &run->pipe->usage;
  g_autofree char *json = NULL;

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (&writer, "step", steps[run->step]);
  jump_json_writer_member_string (&writer, "changes", jump_changes_get (&run->pipe->changes));
  jump_json_writer_member_boolean (&writer, "has_output", run->pipe->has_output);
  if (run->pipe->failure != NULL)
    {
      jump_json_writer_member_string (&writer,
                                      "failure",
                                      jump_word_of_failure (run->pipe->failure->kind));
      jump_json_writer_member_string (&writer, "message", run->pipe->failure->message);
    }
  put_count (&writer, "input", usage->input_tokens);
  put_count (&writer, "output", usage->output_tokens);
  put_count (&writer, "cache_read", usage->cache_read_tokens);
  put_count (&writer, "cache_write", usage->cache_write_tokens);
  put_count (&writer, "reasoning", usage->reasoning_tokens);
  put_count (&writer, "nano_aiu", usage->nano_aiu);
  jump_json_writer_end_object (&writer);
  json = jump_json_writer_finish (&writer);
  return jump_json_pretty (json, -1);
}

/* @random: (nullable): where to cut, NULL and @is_bytewise: everywhere, else nowhere */
static void
run_stream (Run *run,
            const JumpDialect *dialect,
            const JumpReplyOptions *options,
            GBytes *bytes,
            gboolean is_bytewise,
            GRand *random)
{
  g_autoptr (JumpSseParser) parser =
      jump_sse_parser_new (JUMP_LIMIT_SSE_EVENT, on_event, NULL, run);
  g_autoptr (GError) error = NULL;
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  gsize at = 0;

  run->pipe = dialect->new_repair (options);
  run->out = g_string_new (NULL);
  run->step = JUMP_PIPE_GO_ON;
  while (at < length && run->step == JUMP_PIPE_GO_ON)
    {
      gsize piece = is_bytewise ? 1 : length;
      g_autofree char *copy = NULL;

      if (random != NULL)
        piece = (gsize) g_rand_int_range (random, 1, MAX_PIECE);
      piece = MIN (piece, length - at);
      copy = g_memdup2 (data + at, piece);
      g_assert_true (jump_sse_parser_push (parser, copy, piece, &error));
      g_assert_no_error (error);
      at += piece;
    }
  if (run->step == JUMP_PIPE_GO_ON)
    g_assert_true (jump_sse_parser_finish (parser, &error));
  if (run->step == JUMP_PIPE_GO_ON)
    run->step = jump_reply_pipe_finish (run->pipe, NULL, run->out);
}

static void
check_stream (const JumpDialect *dialect, const JumpReplyOptions *options, JumpGolden *golden)
{
  g_autoptr (GBytes) bytes = jump_golden_read (golden, "upstream.sse");
  g_autoptr (GRand) random = g_rand_new_with_seed (20);
  g_auto (Run) whole = { NULL };
  g_autofree char *facts = NULL;

  run_stream (&whole, dialect, options, bytes, FALSE, NULL);
  facts = show_facts (&whole);
  jump_golden_check (golden, "client.sse", whole.out->str);
  jump_golden_check (golden, "facts.json", facts);
  g_assert_cmpstr (fixture_find_problem (dialect, whole.out), ==, NULL);
  for (int i = -1; i < N_RANDOM_CUTS; i++)
    {
      g_auto (Run) cut = { NULL };
      g_autofree char *cut_facts = NULL;

      run_stream (&cut, dialect, options, bytes, i < 0, i < 0 ? NULL : random);
      cut_facts = show_facts (&cut);
      g_assert_cmpstr (cut.out->str, ==, whole.out->str);
      g_assert_cmpstr (cut_facts, ==, facts);
    }
}

static void
check_reply (const JumpDialect *dialect, const JumpReplyOptions *options, JumpGolden *golden)
{
  g_autoptr (GBytes) bytes = jump_golden_read (golden, "reply.json");
  g_auto (Run) run = { dialect->new_repair (options), g_string_new (NULL), JUMP_PIPE_DONE };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = jump_reply_pipe_whole (run.pipe, bytes, &error);
  g_autofree char *facts = NULL;
  g_autofree char *text = NULL;

  if (body == NULL)
    {
      g_assert_nonnull (error);
      text = g_strconcat (error->message, "\n", NULL);
      jump_golden_check (golden, "client.error", text);
      run.step = JUMP_PIPE_ERROR;
    }
  else
    {
      g_assert_no_error (error);
      text = jump_json_pretty (g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body));
      jump_golden_check (golden, "client.json", text);
    }
  facts = show_facts (&run);
  jump_golden_check (golden, "facts.json", facts);
}

static void
test_case (gconstpointer data)
{
  const char *folder = data;
  g_autofree char *dialect_folder = g_path_get_dirname (folder);
  g_autofree char *dialect_name = g_path_get_basename (dialect_folder);
  const JumpDialect *dialect = jump_dialect_find (dialect_name);
  g_autoptr (JumpGolden) golden = jump_golden_new (folder);
  gboolean is_stream = jump_golden_has (golden, "upstream.sse");
  g_auto (FixtureSetup) setup = { NULL };
  JumpReplyOptions options;

  g_assert_nonnull (dialect);
  fixture_setup_init (&setup, golden);
  options = fixture_setup_get_options (&setup, dialect->id);
  options.stream = is_stream;
  if (is_stream)
    check_stream (dialect, &options, golden);
  else
    check_reply (dialect, &options, golden);
  jump_golden_finish (golden);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint id = 0; id < JUMP_N_DIALECTS; id++)
    {
      const JumpDialect *dialect = jump_dialect_get (id);

      if (dialect->upstream_path != NULL)
        fixture_add_cases ("repair", "repair", dialect, test_case);
    }
  return g_test_run ();
}
