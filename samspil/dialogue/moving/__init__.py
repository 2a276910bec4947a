"""Meetings to come that are moved or cancelled, and what becomes of their items."""
