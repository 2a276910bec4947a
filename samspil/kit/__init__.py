"""The tool cupboard: what any web product needs. Knows no room."""
