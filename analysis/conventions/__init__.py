"""Conventions: what was stated, when it held, how far and how fast States deposited."""
