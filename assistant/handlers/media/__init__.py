"""Players through MPRIS, and the user's own music."""
