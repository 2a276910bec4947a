"""The opinion map seen from outside: oracles written from the formulas alone, and the command as a stranger uses it.

Nothing in `oracle`, `conversations` and `made_up` may import `samspil`.
"""
