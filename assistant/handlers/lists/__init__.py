"""Lists, notes, dictation."""
