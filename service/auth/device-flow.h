/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/auth/github-host.h"
#include "service/auth/identity.h"
#include "service/base/clock.h"
#include "service/base/secret-text.h"
#include "service/net/http-client.h"

/* RFC 8628 as GitHub speaks it (protocol 1): one run from the code to the token. Emits "changed"
 * at every new state, and nothing else; the countdown is expires_at minus the clock. Polls
 * interval seconds (plus a margin of one) after each reply; slow_down adds five; transport errors
 * and 5xx count as pending until the code expires. */

typedef enum
{
  JUMP_DEVICE_FLOW_IDLE,
  JUMP_DEVICE_FLOW_STARTING,
  JUMP_DEVICE_FLOW_PENDING,   /* show user_code and verification_uri */
  JUMP_DEVICE_FLOW_SUCCESS,   /* final: the token may be stolen */
  JUMP_DEVICE_FLOW_EXPIRED,   /* final */
  JUMP_DEVICE_FLOW_DENIED,    /* final */
  JUMP_DEVICE_FLOW_CANCELLED, /* final */
  JUMP_DEVICE_FLOW_FAILED,    /* final: see the error */
} JumpDeviceFlowState;

#define JUMP_TYPE_DEVICE_FLOW (jump_device_flow_get_type ())
G_DECLARE_FINAL_TYPE (JumpDeviceFlow, jump_device_flow, JUMP, DEVICE_FLOW, GObject)

JumpDeviceFlow *jump_device_flow_new (JumpHttpClient *client,
                                      JumpClock *clock,
                                      const JumpGithubHost *host,
                                      const JumpIdentity *identity);
void jump_device_flow_start (JumpDeviceFlow *self);
void jump_device_flow_cancel (JumpDeviceFlow *self);

JumpDeviceFlowState jump_device_flow_get_state (JumpDeviceFlow *self);
const char *jump_device_flow_state_to_string (JumpDeviceFlowState state);
gboolean jump_device_flow_is_final (JumpDeviceFlow *self);
const char *jump_device_flow_get_user_code (JumpDeviceFlow *self);
const char *jump_device_flow_get_verification_uri (JumpDeviceFlow *self);
gint64 jump_device_flow_get_expires_at (JumpDeviceFlow *self);
gint64 jump_device_flow_get_started_at (JumpDeviceFlow *self); /* wall seconds, 0 not yet */
guint jump_device_flow_get_interval (JumpDeviceFlow *self);
const GError *jump_device_flow_get_error (JumpDeviceFlow *self);
JumpSecretText *jump_device_flow_steal_token (JumpDeviceFlow *self);
