"""Opinion rounds: statements to which people agree, disagree or pass, one at a time.

A *statement* belongs to a round. Those who ask write the first ones; whoever takes part may add their own,
which wait for a moderator. A *vote* is what one participant thinks of one statement now: an earlier one is
gone. Votes are never journalled, and secret rounds have none: their ballots lie in envelopes
(`samspil/participation/urn/`).

Doors: whoever takes part comes in at `/p/<code>/statements/` (`door_urls.py`), those who ask at
`/<organisation>/rounds/…` (`urls.py`). Which statement comes next is decided in `core/routing.py`.
"""
