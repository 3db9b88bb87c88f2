/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/dialects/dialect.h"
#include "tests/support/golden.h"

#include <json-glib/json-glib.h>

/* What a golden case takes for granted of models and requests: the same in every case, unless its
 * traits.json or options.json says otherwise. Belongs to a case. */

typedef struct
{
  JsonObject *traits;  /* (owned) (nullable) */
  JsonObject *options; /* (owned) (nullable) */
  GStrv efforts;       /* (owned) (nullable): what the traits handed out point to */
} FixtureSetup;

void fixture_setup_init (FixtureSetup *self, JumpGolden *golden);
void fixture_setup_clear (FixtureSetup *self);
/* Valid until the next call. */
JumpModelTraits fixture_setup_get_traits (FixtureSetup *self, JumpDialectId upstream);
JumpReplyOptions fixture_setup_get_options (FixtureSetup *self, JumpDialectId upstream);
/* (nullable): why @dialect cannot say the same as the case's own */
const char *fixture_setup_get_inexact (const FixtureSetup *self, const JumpDialect *dialect);

/* A test for every folder in tests/fixtures/@folder/<name of @dialect>, called /@prefix/<name>/<folder>, whose
 * path @test_case gets; and one that there are any. */
void fixture_add_cases (const char *folder,
                        const char *prefix,
                        const JumpDialect *dialect,
                        GTestDataFunc test_case);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FixtureSetup, fixture_setup_clear)
