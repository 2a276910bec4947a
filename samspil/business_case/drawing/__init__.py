"""A case as pictures and tables, each from the case and its result alone."""
