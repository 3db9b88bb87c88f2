/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/metrics-text.h"

#include <math.h>

static const char *
type_to_string (JumpMetricType type)
{
  switch (type)
    {
    case JUMP_METRIC_COUNTER:
      return "counter";
    case JUMP_METRIC_GAUGE:
      return "gauge";
    case JUMP_METRIC_HISTOGRAM:
      return "histogram";
    }
  return "untyped";
}

void
jump_metrics_text_begin (GString *text, const char *name, JumpMetricType type, const char *help)
{
  g_string_append_printf (text,
                          "# HELP %s %s\n# TYPE %s %s\n",
                          name,
                          help,
                          name,
                          type_to_string (type));
}

static void
append_value (GString *text, const char *value)
{
  g_autofree char *valid = g_utf8_make_valid (value, -1);

  for (const char *at = valid; *at != '\0'; at++)
    {
      if (*at == '\n')
        g_string_append (text, "\\n");
      else if (*at == '\\' || *at == '"')
        g_string_append_printf (text, "\\%c", *at);
      else
        g_string_append_c (text, *at);
    }
}

static void
append_head (GString *text, const char *name, const char *const *labels)
{
  g_string_append (text, name);
  for (gsize i = 0; labels != NULL && labels[i] != NULL; i += 2)
    {
      g_string_append_printf (text, "%s%s=\"", i == 0 ? "{" : ",", labels[i]);
      append_value (text, labels[i + 1]);
      g_string_append_c (text, '"');
    }
  g_string_append (text, labels != NULL && labels[0] != NULL ? "} " : " ");
}

void
jump_metrics_text_add (GString *text, const char *name, const char *const *labels, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  append_head (text, name, labels);
  if (isnan (value))
    g_string_append (text, "NaN");
  else if (isinf (value))
    g_string_append (text, value > 0 ? "+Inf" : "-Inf");
  else
    g_string_append (text, g_ascii_formatd (buffer, sizeof buffer, "%.15g", value));
  g_string_append_c (text, '\n');
}

void
jump_metrics_text_add_count (GString *text,
                             const char *name,
                             const char *const *labels,
                             guint64 value)
{
  append_head (text, name, labels);
  g_string_append_printf (text, "%" G_GUINT64_FORMAT "\n", value);
}

void
jump_metrics_text_gauge (GString *text, const char *name, const char *help, double value)
{
  jump_metrics_text_begin (text, name, JUMP_METRIC_GAUGE, help);
  jump_metrics_text_add (text, name, NULL, value);
}
