"""What the assistant costs: energy meters, whose energy it was, recordings of it, and reports."""
