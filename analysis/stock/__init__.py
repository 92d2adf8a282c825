"""Migrant stock: estimates by edition, growth, share of population, revisions."""
