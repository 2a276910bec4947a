"""Proof that nothing acknowledged is lost: races, killed processes, power cuts.

The harnesses know a product only through `Product`: commands that start it, one request that is one
acknowledged write under a key, and a way to read all keys back. `tiny` is the smallest product there is.
"""
