/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "ui/error-text.h"

/* Why one request failed, for people. Pure. */

/* @model: (nullable): the one that was asked for, where the account's list has it. */
JumpErrorText *jump_failure_text_new (const JumpExchangeRecord *record, JumpModel *model);
