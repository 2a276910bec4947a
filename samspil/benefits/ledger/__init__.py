"""Starting points and targets. What was promised stays beside what is promised now, with who and why."""
