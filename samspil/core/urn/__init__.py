"""The urn of a secret round: keys that can be typed, sealing, opening by two of three, counting.

The protocol is told in `docs/calculations/urn.md`. Nothing here draws lots: whoever seals hands in the random
bytes, so that the same bytes give the same envelope and a recount gives the same hash.
"""
