"""What an operator may set, a file for each table of config.toml."""
