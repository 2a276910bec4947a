"""The doormen of the hall: read the address, check the guest, call one action, answer."""
