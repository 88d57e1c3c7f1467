"""What a caller hears when nothing of ours runs: documents written ahead for another host."""
