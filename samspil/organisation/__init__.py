"""Organisations, accounts and people, units, roles, unions, committees, audience groups, regimes and content.

An *account* signs in; a *person* belongs to one organisation; a *membership* lets an account act as a person.
"""
