/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/ollama-line.h"

#include "service/base/json-write.h"
#include "service/dialects/json-splice.h"

/* @out_stamp: at least 20 bytes; empty for times that no calendar has */
static void
format_second (gint64 second, char *out_stamp, gsize size)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (second);

  out_stamp[0] = '\0';
  if (time != NULL)
    g_snprintf (out_stamp,
                size,
                "%04d-%02d-%02dT%02d:%02d:%02d",
                g_date_time_get_year (time),
                g_date_time_get_month (time),
                g_date_time_get_day_of_month (time),
                g_date_time_get_hour (time),
                g_date_time_get_minute (time),
                g_date_time_get_second (time));
}

static void
append_fraction (GString *out, gint64 wall)
{
  char digits[] = ".000000000Z";
  gint64 left = wall % G_USEC_PER_SEC;

  for (int i = 6; i > 0; i--)
    {
      digits[i] = (char) ('0' + left % 10);
      left /= 10;
    }
  jump_splice_put (out, digits, sizeof digits - 1);
}

/**
 * jump_ollama_line_append_time:
 * @wall: µs since the epoch
 *
 * Appends RFC 3339 with nine digits behind the point, as Ollama's own: some clients parse exactly that.
 */
void
jump_ollama_line_append_time (GString *out, gint64 wall)
{
  char stamp[32];

  format_second (wall / G_USEC_PER_SEC, stamp, sizeof stamp);
  g_string_append (out, stamp);
  append_fraction (out, wall);
}

/**
 * jump_ollama_line_init:
 * @self: (out caller-allocates): for one reply
 * @options: client_model, clock, started, now
 */
void
jump_ollama_line_init (JumpOllamaLine *self, JumpOllamaForm form, const JumpReplyOptions *options)
{
  GString *head = g_string_new ("{\"model\":\"");

  jump_json_append_escaped (head, options->client_model, -1);
  g_string_append (head, "\",\"created_at\":\"");
  *self = (JumpOllamaLine){
    .form = form,
    .head = g_string_free (head, FALSE),
    .clock = options->clock == NULL ? NULL : g_object_ref (options->clock),
    .now = options->now,
    .started = options->started,
    .second = -1,
  };
}

void
jump_ollama_line_clear (JumpOllamaLine *self)
{
  g_clear_pointer (&self->head, g_free);
  g_clear_object (&self->clock);
}

/**
 * jump_ollama_line_note_output:
 *
 * Times the first output, which parts prompt_eval_duration from eval_duration.
 */
void
jump_ollama_line_note_output (JumpOllamaLine *self)
{
  if (self->first == 0 && self->clock != NULL)
    self->first = jump_clock_get_monotonic_time (self->clock);
}

/**
 * jump_ollama_line_begin:
 *
 * Appends all that stands in front of the content.
 */
void
jump_ollama_line_begin (JumpOllamaLine *self, GString *out)
{
  gint64 wall =
      self->clock == NULL ? self->now * G_USEC_PER_SEC : jump_clock_get_wall_time (self->clock);

  if (wall / G_USEC_PER_SEC != self->second)
    {
      self->second = wall / G_USEC_PER_SEC;
      format_second (self->second, self->stamp, sizeof self->stamp);
    }
  g_string_append (out, self->head);
  g_string_append (out, self->stamp);
  append_fraction (out, wall);
  switch (self->form)
    {
    case JUMP_OLLAMA_CHAT:
      jump_splice_put_literal (out, "\",\"message\":{\"role\":\"assistant\",\"content\":");
      break;
    case JUMP_OLLAMA_GENERATE:
      jump_splice_put_literal (out, "\",\"response\":");
      break;
    }
}

static void
close_message (JumpOllamaLine *self, GString *out)
{
  if (self->form == JUMP_OLLAMA_CHAT)
    jump_splice_put_literal (out, "}");
}

/**
 * jump_ollama_line_end:
 *
 * Ends a line that others follow.
 */
void
jump_ollama_line_end (JumpOllamaLine *self, GString *out)
{
  close_message (self, out);
  jump_splice_put_literal (out, ",\"done\":false}\n");
}

/* The first two are Ollama's own words; clients take others as they come, and these say more. */
static const char *
get_done_reason (JumpStopReason reason)
{
  switch (reason)
    {
    case JUMP_STOP_UNKNOWN:
    case JUMP_STOP_END:
    case JUMP_STOP_SEQUENCE:
    case JUMP_STOP_TOOLS:
    case JUMP_STOP_PAUSE:
      return "stop";
    case JUMP_STOP_LIMIT:
    case JUMP_STOP_CONTEXT:
      return "length";
    case JUMP_STOP_FILTER:
      return "content_filter";
    case JUMP_STOP_REFUSAL:
      return "refusal";
    }
  return "stop";
}

/* Nanoseconds. Clients divide by them: never 0. */
static void
append_duration (GString *out, const char *name, gint64 microseconds)
{
  g_string_append_printf (out,
                          ",\"%s\":%" G_GINT64_FORMAT,
                          name,
                          MAX (microseconds, 1) * G_GINT64_CONSTANT (1000));
}

static void
append_count (GString *out, const char *name, gint64 count)
{
  if (count >= 0)
    g_string_append_printf (out, ",\"%s\":%" G_GINT64_FORMAT, name, count);
}

/**
 * jump_ollama_line_end_all:
 * @self: a line whose content was written
 * @out: gets the rest of it
 * @reason: why the model stopped
 * @usage: what is not known in it is left out, as Ollama leaves out zeros
 *
 * The time up to the first output counts as spent on the prompt, the rest as spent on the answer. Of an
 * answer that came whole nobody knows; both are all of the time then, so that what clients compute
 * from it is at least not too fast. No time is spent on loading a model.
 */
void
jump_ollama_line_end_all (JumpOllamaLine *self,
                          GString *out,
                          JumpStopReason reason,
                          const JumpUsageCount *usage)
{
  gint64 now = self->clock == NULL ? self->started : jump_clock_get_monotonic_time (self->clock);
  gint64 total = now - self->started;

  close_message (self, out);
  g_string_append_printf (out, ",\"done\":true,\"done_reason\":\"%s\"", get_done_reason (reason));
  append_duration (out, "total_duration", total);
  jump_splice_put_literal (out, ",\"load_duration\":0");
  append_count (out, "prompt_eval_count", usage->input_tokens);
  append_duration (out,
                   "prompt_eval_duration",
                   self->first == 0 ? total : self->first - self->started);
  append_count (out, "eval_count", usage->output_tokens);
  append_duration (out, "eval_duration", self->first == 0 ? total : now - self->first);
  jump_splice_put_literal (out, "}");
}
