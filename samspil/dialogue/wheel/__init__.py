"""The annual wheel: the meetings of a year, and the standing topics that come up in them."""
