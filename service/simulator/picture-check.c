/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/picture-check.h"

#include "service/simulator/model-shelf.h"

/**
 * jump_picture_check:
 */
JumpPlannedReply *
jump_picture_check (const JumpIncomingCall *call,
                    JsonObject *model,
                    guint n_images,
                    gboolean external)
{
  const char *header = jump_incoming_call_get_header (call, "Copilot-Vision-Request");

  if (external)
    return jump_planned_reply_new_error (400, "", NULL, "external image URLs are not supported");
  if (n_images == 0)
    return NULL;
  if (g_strcmp0 (header, "true") != 0)
    return jump_planned_reply_new_text (
        400,
        "text/plain; charset=utf-8",
        "bad request: missing required Copilot-Vision-Request header for vision requests\n");
  if (!jump_model_supports (model, "vision"))
    return jump_planned_reply_new_error (400,
                                         "invalid_request_body",
                                         "messages",
                                         "image input is not supported by this model");
  return NULL;
}
