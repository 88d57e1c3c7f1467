"""Will they come? Duties are confirmed, missed ones noticed, and stand-ins found."""
