"""What stays open after a meeting: questions carried over, and actions somebody promised."""
