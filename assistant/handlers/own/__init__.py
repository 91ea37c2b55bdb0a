"""What users bring: sentences, phrases and routines, programs, Python files."""
