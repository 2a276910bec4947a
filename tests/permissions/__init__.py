"""The law of the house: every action and every address, tried as everybody."""
