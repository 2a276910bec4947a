"""One's own meetings, deadlines and promises in one's own calendar, through a secret address."""
