/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/cost.h"

#include "service/simulator/model-shelf.h"

#define BATCH 1000000
/* One credit is 1e9 nano-AIU (protocol 3.5). */
#define NANO 1e9

typedef struct
{
  const char *type;
  gint64 tokens;
  double price; /* credits for a batch */
} CostLine;

static void
fill_lines (const JumpQuestion *question, const JumpAnswer *answer, CostLine lines[4])
{
  JsonObject *model = question->model;

  lines[0] = (CostLine){ "input",
                         answer->prompt_tokens - answer->cached_tokens - answer->written_tokens,
                         jump_model_get_price (model, "input_price") };
  lines[1] = (CostLine){ "cache_read",
                         answer->cached_tokens,
                         jump_model_get_price (model, "cache_price") };
  lines[2] = (CostLine){ "cache_write",
                         answer->written_tokens,
                         jump_model_get_price (model, "cache_write_price") };
  lines[3] = (CostLine){ "output",
                         jump_answer_count_tokens (answer),
                         jump_model_get_price (model, "output_price") };
}

/**
 * jump_cost_write:
 * @writer: where an object is open; gets the member copilot_usage
 */
void
jump_cost_write (const JumpQuestion *question, const JumpAnswer *answer, JumpJsonWriter *writer)
{
  CostLine lines[4];

  fill_lines (question, answer, lines);
  jump_json_writer_member (writer, "copilot_usage");
  jump_json_writer_begin_object (writer);
  jump_json_writer_member (writer, "token_details");
  jump_json_writer_begin_array (writer);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      if (lines[i].tokens == 0)
        continue;
      jump_json_writer_begin_object (writer);
      jump_json_writer_member_string (writer, "token_type", lines[i].type);
      jump_json_writer_member_int (writer, "token_count", lines[i].tokens);
      jump_json_writer_member_int (writer, "batch_size", BATCH);
      jump_json_writer_member_int (writer, "cost_per_batch", (gint64) (lines[i].price * NANO));
      jump_json_writer_end_object (writer);
    }
  jump_json_writer_end_array (writer);
  jump_json_writer_member_int (writer,
                               "total_nano_aiu",
                               (gint64) (jump_cost_get_credits (question, answer) * NANO + 0.5));
  jump_json_writer_end_object (writer);
}

/**
 * jump_cost_get_credits:
 *
 * Returns: the cost in credits (cents)
 */
double
jump_cost_get_credits (const JumpQuestion *question, const JumpAnswer *answer)
{
  CostLine lines[4];
  double credits = 0;

  fill_lines (question, answer, lines);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    credits += (double) lines[i].tokens * lines[i].price / BATCH;
  return credits;
}
