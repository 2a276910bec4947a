"""The business case of an initiative. What is computed stands in `samspil.core.business_case`.

Here a case is written, put before others and kept with what a gate decided; here are the dated key figures
with their sources, and the command line with which anybody who was handed a case recomputes it.
"""
