"""Reading other people's tables. A worker of its own reads the file, locked away from everything else; what
comes out is plain rows. Nothing may be imported here: the worker stays small because of it.
"""
