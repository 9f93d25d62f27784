"""Benchmark programs; each prints figures beside their goals, as ratios in one run."""
