"""How rules and wishes read people's work, in the search and in an audit."""
