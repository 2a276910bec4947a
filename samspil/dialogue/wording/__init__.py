"""An organisation's own wording of the question models.

A wording in work belongs to everybody who may word: it is put to nobody before it is published. Publishing
makes an immutable content row in each of the two languages; items keep the words they were given. Either side
may go back to the house's text at any time.
"""
