"""Benefits: what was promised, what was measured, and what may be said of the difference.

Pure rules. Figures are Decimal, days are dates, and what is not known is said to be unknown; words for people
stand in the room `samspil/benefits`, the formulas in docs/calculations/benefits.md.
"""
