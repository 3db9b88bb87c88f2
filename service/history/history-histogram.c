/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/history/history-histogram.h"

#include "service/history/history-filter.h"

#define KIB 1024
#define MIB (1024 * 1024)
#define MS  1000
#define S   G_USEC_PER_SEC
/* A tenth of a credit: 1 credit is 1e9 nano-AIU. */
#define TENTH G_GINT64_CONSTANT (100000000)

/* Where bars begin; the last one has no end. As features.md B3 has them. */
static const gint64 sizes[] = {
  0,         511,       1 * KIB, 2 * KIB, 4 * KIB, 8 * KIB, 16 * KIB, 32 * KIB, 64 * KIB, 128 * KIB,
  256 * KIB, 512 * KIB, 1 * MIB, 2 * MIB, 4 * MIB, 8 * MIB, 16 * MIB, 32 * MIB, 64 * MIB,
};
static const gint64 durations[] = {
  0,      100 * MS, 250 * MS, 500 * MS, 1 * S,   2 * S,   5 * S,
  10 * S, 30 * S,   60 * S,   120 * S,  300 * S, 600 * S,
};
static const gint64 tokens[] = {
  0, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536, 131072,
};
static const gint64 credits[] = {
  0 * TENTH, 1 * TENTH, 2 * TENTH,  3 * TENTH,  4 * TENTH,  5 * TENTH,   6 * TENTH,   7 * TENTH,
  8 * TENTH, 9 * TENTH, 10 * TENTH, 20 * TENTH, 50 * TENTH, 100 * TENTH, 200 * TENTH, 500 * TENTH,
};

static const gint64 *
get_edges (JumpMetric metric, gsize *out_n)
{
  switch (metric)
    {
    case JUMP_METRIC_NONE:
      break;
    case JUMP_METRIC_REQUEST_SIZE:
    case JUMP_METRIC_REPLY_SIZE:
      *out_n = G_N_ELEMENTS (sizes);
      return sizes;
    case JUMP_METRIC_DURATION:
      *out_n = G_N_ELEMENTS (durations);
      return durations;
    case JUMP_METRIC_INPUT_TOKENS:
    case JUMP_METRIC_OUTPUT_TOKENS:
      *out_n = G_N_ELEMENTS (tokens);
      return tokens;
    case JUMP_METRIC_NANO_AIU:
      *out_n = G_N_ELEMENTS (credits);
      return credits;
    }
  *out_n = 0;
  return NULL;
}

JumpHistogram *
jump_histogram_new (JumpMetric metric)
{
  gsize n_edges;
  const gint64 *edges = get_edges (metric, &n_edges);
  JumpHistogram *self = g_new0 (JumpHistogram, 1);

  self->bars = g_array_new (FALSE, TRUE, sizeof (JumpHistogramBar));
  for (gsize i = 0; i < n_edges; i++)
    {
      JumpHistogramBar bar = { .lower = edges[i], .upper = i + 1 < n_edges ? edges[i + 1] : 0 };

      g_array_append_val (self->bars, bar);
    }
  return self;
}

void
jump_histogram_count (JumpHistogram *self, gint64 value)
{
  guint i = self->bars->len - 1;

  g_return_if_fail (self->bars->len > 0);
  while (i > 0 && g_array_index (self->bars, JumpHistogramBar, i).lower > value)
    i--;
  g_array_index (self->bars, JumpHistogramBar, i).count++;
  self->least = self->count == 0 ? value : MIN (self->least, value);
  self->most = self->count == 0 ? value : MAX (self->most, value);
  self->sum += (double) value;
  self->count++;
}

/**
 * jump_history_histogram_ask:
 * @metric: exchanges of which it is not known are in no bar
 */
JumpHistogram *
jump_history_histogram_ask (JumpHistoryDatabase *database,
                            const JumpHistoryQuery *query,
                            JumpMetric metric,
                            GError **error)
{
  g_autoptr (JumpHistogram) histogram = jump_histogram_new (metric);
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (GError) problem = NULL;
  g_autoptr (JumpHistoryStatement) statement = NULL;
  const char *column = jump_history_filter_get_metric (metric);

  if (column == NULL)
    return g_steal_pointer (&histogram);
  g_string_append_printf (sql, "SELECT e.%s", column);
  jump_history_filter_append (sql, query, JUMP_HISTORY_BY_INDEX);
  g_string_append_printf (sql, " AND e.%s IS NOT NULL", column);
  statement = jump_history_database_prepare (database, sql->str, error);
  if (statement == NULL)
    return NULL;
  jump_history_filter_bind (statement, query);
  while (jump_history_database_step (database, statement, &problem))
    jump_histogram_count (histogram, sqlite3_column_int64 (statement, 0));
  if (problem == NULL)
    return g_steal_pointer (&histogram);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}
