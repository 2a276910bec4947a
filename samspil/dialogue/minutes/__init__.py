"""The minutes of a whole meeting: read, signed in one press, verified, handed out as a file."""
