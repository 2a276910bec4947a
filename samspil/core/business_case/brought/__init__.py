"""A case's lines, drivers and risks from spreadsheets: our template, or another model's through a mapping.

`columns` says what can stand in a column, `mapping` which column of a file means what (guessed, then said by
a person), `parts` makes lines of rows, with the place of each cell kept, so that faults are named there.
"""
