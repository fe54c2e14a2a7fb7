"""What every room of the platform stands on: institutions, exact columns, append-only tables, files, refusals, pages."""
