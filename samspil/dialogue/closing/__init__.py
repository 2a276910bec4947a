"""Closing an item for a time: with a reason from the law and the day on which it opens by itself."""
