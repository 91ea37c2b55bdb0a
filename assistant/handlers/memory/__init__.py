"""What the user told the assistant to remember."""
