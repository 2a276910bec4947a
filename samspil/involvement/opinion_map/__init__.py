"""The opinion map outside the web: finished conversations read from files, and the map told in words."""
