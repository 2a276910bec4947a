"""Lines, shared figures and risks from a spreadsheet: our template, the Danish state's model, Inera's.

A file is brought, its columns are settled, what would come is looked at, and it is taken over as a whole or
thrown away. What stands in it is read by the worker in `kit/sheets`, and understood in
`core/business_case/brought`.
"""
