"""Tests of the whole house; each room's own tests stand beside the room."""
