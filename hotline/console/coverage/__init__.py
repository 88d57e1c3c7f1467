"""The next two weeks of each line: what is required, who is on paper, who said that they come."""
