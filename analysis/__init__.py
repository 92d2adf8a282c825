"""How the book reasons: pure functions from validated tables to numbers, intervals and charts."""
