"""The opinion map outside the web: that of a finished conversation, told in words on the command line."""
