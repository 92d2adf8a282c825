"""Errors made in the code on purpose, one at a time, and how many of them the tests notice."""
