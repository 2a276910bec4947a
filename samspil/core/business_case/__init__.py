"""The business case: what it costs, what it brings, how sure that is, and how anybody can recompute it.

Pure: a case comes in as frozen dataclasses (`case`, read from JSON by `reading`), a result goes out.
`mean_case` is exact and needs no NumPy; `simulation` draws. In words, with worked examples:
docs/calculations/business_case.md.
"""
