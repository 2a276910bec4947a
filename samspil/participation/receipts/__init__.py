"""Receipts: a code with which somebody who took part sees later, on any device, whether it counts and what
came of it. Only its hash is kept, beside the participant; it tells nothing of what was answered, not even to
its holder, so nobody can be made to show it."""
