"""What the engine is asked for a week: settings, people and earlier rosters as one problem."""
