"""Planning a week from the pages: long work as rows that a worker takes up, and what it found."""
