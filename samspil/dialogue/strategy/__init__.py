"""The digitalisation strategy, discussed outside any initiative with questions of the same kind.

A strategy has versions; a round puts the newest one before committees, an item in each. What was said gets an
answer: what changed, or why nothing did. Once a year somebody asks again.
"""
