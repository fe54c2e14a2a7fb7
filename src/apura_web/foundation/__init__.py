"""What every room stands on: institutions, exact columns, append-only tables, files, refusals, pages."""
