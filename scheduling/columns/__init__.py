"""What is the best roster of many weeks? One column is one person's whole roster."""
