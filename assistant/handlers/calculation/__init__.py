"""Sums, units, money."""
