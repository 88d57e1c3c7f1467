"""What corrects a published roster: overrides and absences, noted and undone."""
