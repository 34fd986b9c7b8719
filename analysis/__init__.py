"""Statistics, tables, figures and reports from finished runs."""
