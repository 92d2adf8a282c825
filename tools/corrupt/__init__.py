"""Corrupt the data on purpose and count who notices; `python -m tools.corrupt [SOURCES]`."""
