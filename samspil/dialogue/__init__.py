"""Committees at work: question models, question cards, meetings, items, answers per side, outcomes, minutes.

Committees are heard; they do not approve. What counts is that the right committee discussed an item before the
binding step. The staff side's preparation is unreadable to management and administrators until it is released.
"""
