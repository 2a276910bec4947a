"""The agenda of a meeting: matters asked for, their order, their annexes, settling it and sending it."""
