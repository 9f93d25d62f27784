"""The proofs of the firewall: tests that end in figures, which `./run prove` prints beside their goals."""
