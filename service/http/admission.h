/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/http/client-connection.h"
#include "service/http/request-head.h"
#include "service/http/router.h"

/* A request's head put before the gatekeeper, and what follows from the verdict for the request and for the head of
 * its reply. */

/* Of any reply: harmless for programs, and no browser makes anything of it that it is not, nor shows it inside
 * somebody else's page. */
#define JUMP_ADMISSION_SAFE_LINES       \
  "X-Content-Type-Options: nosniff\r\n" \
  "Cross-Origin-Resource-Policy: same-origin\r\n"

typedef struct
{
  JumpAccessVerdict verdict;
  const JumpRoute *route; /* (nullable): NULL for what is not in the table */
  char *allow;            /* (owned) (nullable): methods of a path that has no such one */
  gboolean
      is_preflight;  /* a listed page asks whether it may: the answer is yes, there is no route */
  char *reply_lines; /* (owned): "Name: value" lines with their ends, of any reply */
} JumpAdmission;

/* @self: to be cleared, whatever comes out. @request: its head was taken; gets dialect and what the verdict says
 * of the client. */
void jump_admission_judge (JumpAdmission *self,
                           JumpClientRequest *request,
                           const JumpRequestHead *head,
                           const JumpClientConnection *connection,
                           const JumpAccessRules *rules,
                           const JumpRoute *routes,
                           gsize n_routes);
void jump_admission_clear (JumpAdmission *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JumpAdmission, jump_admission_clear)
