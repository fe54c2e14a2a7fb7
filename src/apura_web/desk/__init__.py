"""The desk: the first screen after signing in, search, notices and help."""
