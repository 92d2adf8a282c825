"""Who replied to the inquiry of 2003: the stakes of those who wrote and of those who did not."""
