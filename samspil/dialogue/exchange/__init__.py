"""To and from the agenda system an organisation already has: cases out, outcomes back."""
