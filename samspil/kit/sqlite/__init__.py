"""Django's SQLite backend, set up so that what was acknowledged is not lost and writers stand in line.

Named in the settings as `ENGINE = "samspil.kit.sqlite"`; `samspil.kit.databases.profile` does so.
"""
