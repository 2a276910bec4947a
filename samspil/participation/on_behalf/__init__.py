"""Answers that others type in: from a sheet of paper, by telephone, and hands counted in a meeting.

A sheet counts once: its code stands for one person, who can take it over later on a device of their own.
Hands are a tally of their own and never among the answers of people one by one.
"""
