"""Lists that administrators bring: units, people, committees and what belongs to them, from files they have.

A list is brought, looked at, and taken over as a whole or thrown away. What it would change is decided in
`core/organisation_list.py`; files are read by the worker in `kit/sheets`.
"""
