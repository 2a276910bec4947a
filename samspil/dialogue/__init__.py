"""Committees at work: question models, question cards, meetings, items, answers, outcomes and minutes.

Committees are heard; they do not approve. What counts is that the right committee discussed an item before
the binding step. What the staff side prepares is unreadable to management and administrators until the staff
side releases it.
"""
