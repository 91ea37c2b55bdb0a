"""Programs, files, screenshots."""
