"""Secret rounds: three holders, sealed envelopes, and closing step by step (`docs/calculations/urn.md`)."""
