"""An item goes down to the committees closer to the work, and their replies come up as one sheet.

A *sending* puts questions of an item to committees below; each *asked* committee gives a *reply* in its own
way. Committees answer openly: everybody in the organisation may read replies, as far as the item is open.
"""
