"""What has already been taken from budgets, shown against what the case can carry; and the hours of those who
take part, with cover for them, as lines of the case."""
