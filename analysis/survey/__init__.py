"""The survey of Governments of 2003: who replied, and what silence leaves open."""
