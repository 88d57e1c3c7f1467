"""The words of the pages: their language, and how times, rules and telephones are told."""
