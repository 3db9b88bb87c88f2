/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/simulator/answer.h"
#include "service/simulator/question.h"

/* Answers for people: echoes what was asked with a little wit, calls a tool when one is offered and
 * the prompt asks for it, fills in a JSON schema, describes a picture's size. The same question
 * always gets the same answer. */

/* @witty: FALSE: the bare echo that tests can predict. */
JumpAnswer *jump_wit_answer (const JumpQuestion *question, gboolean witty);
