"""Lists as towns have them, in the three formats that are read."""
