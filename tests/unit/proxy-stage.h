/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <gio/gio.h>

/* A resolver of proxies that answers when the test wants, and writes down what it was asked. */

#define FAKE_TYPE_RESOLVER (fake_resolver_get_type ())
G_DECLARE_FINAL_TYPE (FakeResolver, fake_resolver, FAKE, RESOLVER, GObject)

FakeResolver *fake_resolver_new (void);
/* @proxies: separated by spaces. Each question from now on is answered with them at once. */
void fake_resolver_set_answer (FakeResolver *self, const char *proxies);
/* Answers all open questions; NULL: with an error. */
void fake_resolver_answer (FakeResolver *self, const char *proxies);
guint fake_resolver_count (FakeResolver *self); /* questions so far */
guint fake_resolver_count_open (FakeResolver *self);
const char *fake_resolver_get_asked (FakeResolver *self, guint index);
