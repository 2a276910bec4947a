"""What those affected say of a case: comments on a line, and figures of theirs against one of its figures.

An *assumption* is a figure of a part, with a sentence in plain words; whoever may contest says that they
agree, that they do not, or which figure it should be and how they know. A *remark* has somebody who owes a
reasoned answer by a day. An answer that takes a figure in changes the part through the room's own action, and
the thread leads from the remark over the answer to what changed.
"""
