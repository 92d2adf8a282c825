"""Check every stated figure against the documents; `python -m tools.verify SOURCES`."""
