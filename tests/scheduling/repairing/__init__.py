"""Single changes that close a gap."""
