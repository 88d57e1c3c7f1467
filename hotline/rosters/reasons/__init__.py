"""Why a roster is as it is, what would mend it, and what it changes for whom."""
