"""People or borders: the world's migrants with and without successor States, and by area."""
