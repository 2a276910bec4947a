"""The hall: needs, initiatives, phases, gates, decisions, binding steps; things that can be cited; boards.

A *need* is a problem in somebody's work or service. An *initiative* answers one or more needs. The boards are
*evidence* (is what a gate asks for there?), *figures*, *journal* (what happened) and *thread* (what led to
what).
"""
