/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

/* Walks tests/fixtures/<dialect>/<case>/: requests to prompts to requests of every upstream dialect, and
 * streams and whole replies to events to every client dialect. See tests/fixtures/README.md. */

#include "service/base/limits.h"
#include "tests/support/json-pretty.h"
#include "tests/support/prompt-core.h"
#include "tests/support/prompt-dump.h"
#include "tests/support/reply-core.h"
#include "tests/unit/fixture-setup.h"
#include "tests/unit/fixture-stream.h"

#include <string.h>

#define N_RANDOM_CUTS 8

typedef struct
{
  const JumpDialect *dialect;
  JumpGolden *golden; /* (owned) */
  FixtureSetup setup; /* (owned) */
  JumpPrompt *prompt; /* (owned) (nullable): of request.json */
  guint inexact;      /* mask of 1 << JumpDialectId: where something has changed on the way */
} Case;

G_GNUC_PRINTF (3, 4)
static void
complain (const Case *self, const JumpDialect *other, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_test_message ("%s > %s: %s", self->dialect->name, other->name, text);
  g_test_fail ();
}

static void
compare_core (Case *self, const JumpDialect *other, const char *mine, const char *theirs)
{
  g_autofree char *diff = jump_golden_diff (mine, theirs);

  if (*diff == '\0')
    return;
  if (fixture_setup_get_inexact (&self->setup, other) == NULL)
    complain (self, other, "what it says has changed, %s", diff);
  self->inexact |= 1u << other->id;
}

static void
check_excuses (const Case *self)
{
  for (guint id = 0; id < JUMP_N_DIALECTS; id++)
    {
      const JumpDialect *other = jump_dialect_get (id);
      const char *why = fixture_setup_get_inexact (&self->setup, other);

      if (why != NULL && (self->inexact & (1u << id)) == 0)
        complain (self, other, "is exact, but options.json says: %s", why);
    }
}

/* ---- requests ---- */

static JumpPrompt *
read_prompt (const JumpDialect *dialect, GBytes *bytes, GError **error)
{
  JumpRequestFacts facts;
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  g_assert_nonnull (dialect->scan);
  g_assert_nonnull (dialect->read_prompt);
  if (!dialect->scan (&facts, data, length, error))
    return NULL;
  return dialect->read_prompt (data, length, error);
}

static void
check_error (Case *self, const char *name, const GError *error)
{
  g_autofree char *line = g_strconcat (error->message, "\n", NULL);

  jump_golden_check (self->golden, name, line);
}

/* Reads what was written for @target again: it must say the same. */
static void
check_way_back (Case *self, const JumpDialect *target, const JumpToolNames *names, GBytes *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpPrompt) back = read_prompt (target, body, &error);
  g_autofree char *mine = NULL;
  g_autofree char *theirs = NULL;

  if (back == NULL)
    {
      complain (self, target, "cannot be read again: %s", error->message);
      return;
    }
  mine = jump_prompt_core (self->prompt, NULL);
  theirs = jump_prompt_core (back, names);
  compare_core (self, target, mine, theirs);
}

static void
write_for (Case *self, const JumpDialect *target, GString *all_changes)
{
  g_autoptr (JumpToolNames) names = jump_tool_names_new (self->prompt);
  JumpModelTraits traits = fixture_setup_get_traits (&self->setup, target->id);
  g_autoptr (GError) error = NULL;
  g_auto (JumpChanges) changes = { NULL };
  g_autoptr (GBytes) body = target->write_prompt (self->prompt, &traits, names, &changes, &error);
  g_autofree char *name =
      g_strdup_printf ("request.%s.%s", target->name, body == NULL ? "error" : "json");
  g_autofree char *pretty = NULL;

  if (*jump_changes_get (&changes) != '\0')
    g_string_append_printf (all_changes, "%s: %s\n", target->name, jump_changes_get (&changes));
  if (body == NULL)
    {
      check_error (self, name, error);
      return;
    }
  pretty = jump_json_pretty (g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body));
  jump_golden_check (self->golden, name, pretty);
  check_way_back (self, target, names, body);
}

static void
check_request (Case *self)
{
  g_autoptr (GBytes) bytes = jump_golden_read (self->golden, "request.json");
  g_autoptr (GString) changes = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *dump = NULL;

  self->prompt = read_prompt (self->dialect, bytes, &error);
  if (self->prompt == NULL)
    {
      g_assert_nonnull (error);
      check_error (self, "prompt.error", error);
      return;
    }
  g_assert_no_error (error);
  dump = jump_prompt_dump (self->prompt);
  jump_golden_check (self->golden, "prompt.json", dump);
  for (guint id = 0; id < JUMP_N_DIALECTS; id++)
    if (jump_dialect_get (id)->write_prompt != NULL)
      write_for (self, jump_dialect_get (id), changes);
  if (changes->len > 0)
    jump_golden_check (self->golden, "changes.txt", changes->str);
}

/* ---- replies ---- */

/* @names, @echo: (out) (transfer full) (nullable): what the options point to */
static JumpReplyOptions
make_options (Case *self, const JumpDialect *client, JumpToolNames **names, char **echo)
{
  JumpReplyOptions options = fixture_setup_get_options (&self->setup, self->dialect->id);

  *names = NULL;
  *echo = NULL;
  if (self->prompt != NULL)
    {
      *names = jump_tool_names_new (self->prompt);
      if (client->make_echo != NULL)
        *echo = client->make_echo (self->prompt);
    }
  options.names = *names;
  options.echo = *echo;
  return options;
}

static void
check_order (const Case *self, const FixtureRun *run)
{
  if (run->order.problem != NULL)
    complain (self, self->dialect, "broken promise: %s", run->order.problem);
  if (!run->order.has_ended)
    complain (self, self->dialect, "no END");
}

static void
check_cuts (Case *self, const JumpReplyOptions *options, GBytes *bytes, const char *lines)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20);

  for (int i = -1; i < N_RANDOM_CUTS; i++)
    {
      g_auto (FixtureRun) run;
      g_autofree char *diff = NULL;

      fixture_run_init (&run);
      fixture_decode (&run, self->dialect, options, bytes, i < 0, i < 0 ? NULL : random);
      diff = jump_golden_diff (lines, run.dump.lines->str);
      if (*diff != '\0')
        complain (self, self->dialect, "cut in pieces (%d) it has other events, %s", i, diff);
    }
}

/* Reads a client's stream with the decoder of the same dialect: it must say what upstream said. */
static void
check_client_stream (Case *self,
                     const JumpDialect *client,
                     const JumpReplyOptions *options,
                     const GString *stream,
                     const char *core)
{
  const char *problem = fixture_find_problem (client, stream);
  g_autoptr (GBytes) bytes = g_bytes_new (stream->str, stream->len);
  g_auto (FixtureRun) run;
  g_autofree char *back = NULL;

  fixture_run_init (&run);
  if (problem != NULL)
    complain (self, client, "%s", problem);
  if (client->new_decoder == NULL)
    return;
  fixture_decode (&run, client, options, bytes, FALSE, NULL);
  if (run.order.problem != NULL)
    complain (self, client, "read again: broken promise: %s", run.order.problem);
  back = fixture_run_get_core (&run, NULL);
  compare_core (self, client, core, back);
}

/* @bytes: a stream, or a whole reply whose events are said */
static void
encode_for (Case *self, const JumpDialect *client, GBytes *bytes, const JumpReply *reply)
{
  g_autoptr (JumpToolNames) names = NULL;
  g_autofree char *echo = NULL;
  JumpReplyOptions options = make_options (self, client, &names, &echo);
  g_autoptr (JumpEncoder) encoder = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  g_auto (FixtureRun) run;
  g_autofree char *core = NULL;
  gboolean is_lines = strcmp (client->stream_type, "application/x-ndjson") == 0;
  g_autofree char *name =
      g_strdup_printf ("client.%s.%s", client->name, is_lines ? "ndjson" : "sse");

  options.stream = TRUE;
  encoder = client->new_encoder (&options);
  fixture_run_init (&run);
  run.encoder = encoder;
  run.out = out;
  if (reply != NULL)
    jump_reply_foreach_event (reply, fixture_run_event, &run);
  else
    {
      fixture_decode (&run, self->dialect, &options, bytes, FALSE, NULL);
      jump_golden_check (self->golden, name, out->str);
    }
  core = fixture_run_get_core (&run, names);
  check_client_stream (self, client, &options, out, core);
}

static void
check_stream (Case *self)
{
  g_autoptr (GBytes) bytes = jump_golden_read (self->golden, "upstream.sse");
  g_autoptr (JumpToolNames) names = NULL;
  g_autofree char *echo = NULL;
  JumpReplyOptions options = make_options (self, self->dialect, &names, &echo);
  g_auto (FixtureRun) run;

  options.stream = TRUE;
  fixture_run_init (&run);
  fixture_decode (&run, self->dialect, &options, bytes, FALSE, NULL);
  check_order (self, &run);
  jump_golden_check (self->golden, "events.jsonl", run.dump.lines->str);
  check_cuts (self, &options, bytes, run.dump.lines->str);
  for (guint id = 0; id < JUMP_N_DIALECTS; id++)
    if (jump_dialect_get (id)->new_encoder != NULL)
      encode_for (self, jump_dialect_get (id), bytes, NULL);
}

static void
write_whole_for (Case *self, const JumpDialect *client, const JumpReply *reply)
{
  g_autoptr (JumpToolNames) names = NULL;
  g_autofree char *echo = NULL;
  JumpReplyOptions options = make_options (self, client, &names, &echo);
  g_autoptr (GBytes) body = client->write_reply (reply, &options);
  const char *data = g_bytes_get_data (body, NULL);
  gsize length = g_bytes_get_size (body);
  g_autofree char *name = g_strdup_printf ("client.%s.json", client->name);
  g_autofree char *pretty = jump_json_pretty (data, (gssize) length);
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpReply) back = NULL;

  jump_golden_check (self->golden, name, pretty);
  if (!jump_json_validate (data, length, JUMP_LIMIT_JSON_DEPTH, &error))
    complain (self, client, "the reply is no JSON: %s", error->message);
  else if (client->read_reply != NULL)
    {
      g_autofree char *mine = jump_reply_core (reply, NULL, names);
      g_autofree char *theirs = NULL;

      back = client->read_reply (data, length, &error);
      g_assert_no_error (error);
      theirs = jump_reply_core (back, NULL, NULL);
      compare_core (self, client, mine, theirs);
    }
}

static void
check_reply (Case *self)
{
  g_autoptr (GBytes) bytes = jump_golden_read (self->golden, "reply.json");
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpReply) reply =
      self->dialect->read_reply (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error);
  g_auto (FixtureRun) run;

  fixture_run_init (&run);
  if (reply == NULL)
    {
      g_assert_nonnull (error);
      check_error (self, "reply.error", error);
      return;
    }
  g_assert_no_error (error);
  jump_reply_foreach_event (reply, fixture_run_event, &run);
  check_order (self, &run);
  jump_golden_check (self->golden, "reply-events.jsonl", run.dump.lines->str);
  for (guint id = 0; id < JUMP_N_DIALECTS; id++)
    {
      const JumpDialect *client = jump_dialect_get (id);

      if (client->write_reply != NULL)
        write_whole_for (self, client, reply);
      if (client->new_encoder != NULL)
        encode_for (self, client, NULL, reply);
    }
}

/* ---- the walk ---- */

static void
test_case (gconstpointer data)
{
  const char *folder = data;
  g_autofree char *dialect_folder = g_path_get_dirname (folder);
  g_autofree char *dialect_name = g_path_get_basename (dialect_folder);
  g_autoptr (JumpGolden) golden = jump_golden_new (folder);
  Case self = { jump_dialect_find (dialect_name), golden, { NULL }, NULL, 0 };
  guint n_inputs = 0;

  fixture_setup_init (&self.setup, golden);
  if (jump_golden_has (golden, "request.json"))
    {
      n_inputs++;
      check_request (&self);
    }
  if (jump_golden_has (golden, "upstream.sse"))
    {
      n_inputs++;
      g_assert_nonnull (self.dialect->new_decoder);
      check_stream (&self);
    }
  if (jump_golden_has (golden, "reply.json"))
    {
      n_inputs++;
      g_assert_nonnull (self.dialect->read_reply);
      check_reply (&self);
    }
  g_assert_cmpuint (n_inputs, >, 0);
  check_excuses (&self);
  jump_golden_finish (golden);
  fixture_setup_clear (&self.setup);
  g_clear_pointer (&self.prompt, jump_prompt_free);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint id = 0; id < JUMP_N_DIALECTS; id++)
    fixture_add_cases ("", "fixtures", jump_dialect_get (id), test_case);
  return g_test_run ();
}
