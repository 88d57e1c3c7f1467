"""How long the pages of a whole province take, and how many statements each is made of."""
