"""The machine itself: power, screen, network, temperature, what it is doing, its pins."""
