/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/metrics.h"

#include "service/conversation/usage-sums.h"
#include "service/http/metrics-text.h"

#define NANO 1e9

/* Upper ends in seconds; one more for what is longer. */
static const double duration_ends[] = { 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600 };
static const double first_byte_ends[] = { 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 120, 300 };

#define N_ENDS G_N_ELEMENTS (duration_ends)
G_STATIC_ASSERT (N_ENDS == G_N_ELEMENTS (first_byte_ends));

typedef struct
{
  guint64 counts[N_ENDS + 1];
  double sum; /* seconds */
} Histogram;

typedef struct
{
  char *name; /* (owned): what the request was for: "chat", "embeddings", … */
  Histogram duration;
  Histogram first_byte;
} Api;

typedef struct
{
  char *name; /* (owned) */
  JumpUsageSums sums;
} Model;

/* The key of a counter is the counter itself. */
typedef struct
{
  const Api *api;
  const Model *model;
  guint status;
  guint64 count;
} Outcome;

struct _JumpMetrics
{
  GHashTable *apis;     /* (owned) (element-type utf8 Api) */
  GHashTable *models;   /* (owned) (element-type utf8 Model) */
  GHashTable *outcomes; /* (owned) (element-type Outcome Outcome) */
  GHashTable *
      streaming; /* (owned) (element-type JumpExchangeRecord): unowned; they are alive until they end */
};

static guint
outcome_hash (gconstpointer data)
{
  const Outcome *outcome = data;

  return g_direct_hash (outcome->api) * 31 + g_direct_hash (outcome->model) * 7 + outcome->status;
}

static gboolean
outcome_equal (gconstpointer a, gconstpointer b)
{
  const Outcome *one = a;
  const Outcome *other = b;

  return one->api == other->api && one->model == other->model && one->status == other->status;
}

static void
free_api (gpointer data)
{
  g_free (((Api *) data)->name);
  g_free (data);
}

static void
free_model (gpointer data)
{
  g_free (((Model *) data)->name);
  g_free (data);
}

JumpMetrics *
jump_metrics_new (void)
{
  JumpMetrics *self = g_new0 (JumpMetrics, 1);

  self->apis = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_api);
  self->models = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_model);
  self->outcomes = g_hash_table_new_full (outcome_hash, outcome_equal, NULL, g_free);
  self->streaming = g_hash_table_new (NULL, NULL);
  return self;
}

void
jump_metrics_free (JumpMetrics *self)
{
  g_hash_table_unref (self->streaming);
  g_hash_table_unref (self->outcomes);
  g_hash_table_unref (self->models);
  g_hash_table_unref (self->apis);
  g_free (self);
}

/* ---- counting ---- */

static Api *
find_api (JumpMetrics *self, const char *name)
{
  Api *api;

  if (name == NULL)
    name = "unknown";
  api = g_hash_table_lookup (self->apis, name);
  if (api != NULL)
    return api;
  api = g_new0 (Api, 1);
  api->name = g_strdup (name);
  g_hash_table_insert (self->apis, api->name, api);
  return api;
}

/* What upstream was asked for, not what the client wrote: that may be any text. */
static Model *
find_model (JumpMetrics *self, const char *name)
{
  Model *model;

  if (name == NULL)
    name = "none";
  model = g_hash_table_lookup (self->models, name);
  if (model == NULL && g_hash_table_size (self->models) >= JUMP_METRICS_MODELS)
    {
      name = "other";
      model = g_hash_table_lookup (self->models, name);
    }
  if (model != NULL)
    return model;
  model = g_new0 (Model, 1);
  model->name = g_strdup (name);
  g_hash_table_insert (self->models, model->name, model);
  return model;
}

static void
count_outcome (JumpMetrics *self, const Api *api, const Model *model, guint status)
{
  Outcome key = { .api = api, .model = model, .status = status };
  Outcome *outcome = g_hash_table_lookup (self->outcomes, &key);

  if (outcome == NULL)
    {
      outcome = g_memdup2 (&key, sizeof key);
      g_hash_table_add (self->outcomes, outcome);
    }
  outcome->count++;
}

static void
observe (Histogram *histogram, const double *ends, gint64 microseconds)
{
  double seconds = (double) microseconds / G_USEC_PER_SEC;
  gsize i = 0;

  while (i < N_ENDS && seconds > ends[i])
    i++;
  histogram->counts[i]++;
  histogram->sum += seconds;
}

void
jump_metrics_update (JumpMetrics *self, JumpExchangeRecord *record)
{
  if (record->state == JUMP_EXCHANGE_STREAMING && record->streamed)
    g_hash_table_add (self->streaming, record);
}

void
jump_metrics_add (JumpMetrics *self, JumpExchangeRecord *record)
{
  Api *api = find_api (self, record->api);
  Model *model = find_model (self, record->used_model);

  g_hash_table_remove (self->streaming, record);
  count_outcome (self, api, model, record->status);
  jump_usage_sums_add (&model->sums, record);
  observe (&api->duration, duration_ends, record->total_us);
  if (record->first_byte_us >= 0)
    observe (&api->first_byte, first_byte_ends, record->first_byte_us);
}

guint
jump_metrics_get_streams (const JumpMetrics *self)
{
  return g_hash_table_size (self->streaming);
}

/* ---- telling ---- */

static void
write_outcomes (JumpMetrics *self, GString *text)
{
  GHashTableIter iter;
  gpointer value;

  jump_metrics_text_begin (
      text,
      "jumpseat_requests_total",
      JUMP_METRIC_COUNTER,
      "Requests that have ended, by the client's API, upstream's model and the "
      "status that the client got.");
  g_hash_table_iter_init (&iter, self->outcomes);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Outcome *outcome = value;
      g_autofree char *status = g_strdup_printf ("%u", outcome->status);
      const char *const labels[] = {
        "api", outcome->api->name, "model", outcome->model->name, "status", status, NULL,
      };

      jump_metrics_text_add_count (text, "jumpseat_requests_total", labels, outcome->count);
    }
}

static void
write_buckets (GString *text,
               const char *name,
               const char *api,
               const Histogram *histogram,
               const double *ends)
{
  g_autofree char *bucket_name = g_strconcat (name, "_bucket", NULL);
  g_autofree char *sum_name = g_strconcat (name, "_sum", NULL);
  g_autofree char *count_name = g_strconcat (name, "_count", NULL);
  const char *const labels[] = { "api", api, NULL };
  guint64 count = 0;

  for (gsize i = 0; i <= N_ENDS; i++)
    {
      char end[G_ASCII_DTOSTR_BUF_SIZE] = "+Inf";
      const char *const bucket_labels[] = { "api", api, "le", end, NULL };

      if (i < N_ENDS)
        g_ascii_formatd (end, sizeof end, "%g", ends[i]);
      count += histogram->counts[i];
      jump_metrics_text_add_count (text, bucket_name, bucket_labels, count);
    }
  jump_metrics_text_add (text, sum_name, labels, histogram->sum);
  jump_metrics_text_add_count (text, count_name, labels, count);
}

static void
write_histograms (JumpMetrics *self, GString *text)
{
  const char *duration = "jumpseat_request_duration_seconds";
  const char *first_byte = "jumpseat_request_first_byte_seconds";
  GHashTableIter iter;
  gpointer value;

  jump_metrics_text_begin (text,
                           duration,
                           JUMP_METRIC_HISTOGRAM,
                           "From the request to the end of its reply.");
  g_hash_table_iter_init (&iter, self->apis);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    write_buckets (text,
                   duration,
                   ((Api *) value)->name,
                   &((Api *) value)->duration,
                   duration_ends);
  jump_metrics_text_begin (text,
                           first_byte,
                           JUMP_METRIC_HISTOGRAM,
                           "From the request to the first byte of its reply.");
  g_hash_table_iter_init (&iter, self->apis);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    write_buckets (text,
                   first_byte,
                   ((Api *) value)->name,
                   &((Api *) value)->first_byte,
                   first_byte_ends);
}

static void
write_tokens (JumpMetrics *self, GString *text)
{
  GHashTableIter iter;
  gpointer value;

  jump_metrics_text_begin (text,
                           "jumpseat_tokens_total",
                           JUMP_METRIC_COUNTER,
                           "Tokens as upstream counted them. input holds cached, output holds "
                           "reasoning.");
  g_hash_table_iter_init (&iter, self->models);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Model *model = value;
      const struct
      {
        const char *kind;
        guint64 count;
      } kinds[] = {
        { "input", model->sums.input_tokens },
        { "cached", model->sums.cached_tokens },
        { "cache_write", model->sums.cache_write_tokens },
        { "output", model->sums.output_tokens },
        { "reasoning", model->sums.reasoning_tokens },
      };

      for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
        {
          const char *const labels[] = { "kind", kinds[i].kind, "model", model->name, NULL };

          jump_metrics_text_add_count (text, "jumpseat_tokens_total", labels, kinds[i].count);
        }
    }
}

static void
write_credits (JumpMetrics *self, GString *text, gboolean is_estimated)
{
  const char *name = is_estimated ? "jumpseat_estimated_credits_total" : "jumpseat_credits_total";
  GHashTableIter iter;
  gpointer value;

  jump_metrics_text_begin (text,
                           name,
                           JUMP_METRIC_COUNTER,
                           is_estimated
                               ? "Credits of requests that upstream named no price of, from "
                                 "the catalogue's prices."
                               : "Credits as upstream priced them; one is USD 0.01.");
  g_hash_table_iter_init (&iter, self->models);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Model *model = value;
      const char *const labels[] = { "model", model->name, NULL };

      jump_metrics_text_add (
          text,
          name,
          labels,
          (double) (is_estimated ? model->sums.estimated_nano_aiu : model->sums.nano_aiu) / NANO);
    }
}

static void
write_bytes (JumpMetrics *self, GString *text)
{
  const char *name = "jumpseat_client_bytes_total";
  GHashTableIter iter;
  gpointer value;
  guint64 in = 0;
  guint64 out = 0;

  g_hash_table_iter_init (&iter, self->models);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      in += ((const Model *) value)->sums.bytes_in;
      out += ((const Model *) value)->sums.bytes_out;
    }
  jump_metrics_text_begin (text,
                           name,
                           JUMP_METRIC_COUNTER,
                           "Bytes of bodies, from and to clients.");
  jump_metrics_text_add_count (text, name, (const char *const[]){ "direction", "in", NULL }, in);
  jump_metrics_text_add_count (text, name, (const char *const[]){ "direction", "out", NULL }, out);
}

void
jump_metrics_write (JumpMetrics *self, GString *text)
{
  write_outcomes (self, text);
  write_histograms (self, text);
  write_tokens (self, text);
  write_credits (self, text, FALSE);
  write_credits (self, text, TRUE);
  write_bytes (self, text);
  jump_metrics_text_gauge (text,
                           "jumpseat_streams_open",
                           "Streams that clients read now.",
                           jump_metrics_get_streams (self));
}
