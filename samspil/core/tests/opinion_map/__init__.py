"""The opinion map: what it promises, shown on made votes and on six real conversations."""
