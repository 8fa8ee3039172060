"""The full bars: what the test suite samples, run whole. `make soak` prints the figures."""
