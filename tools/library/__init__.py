"""The project as a library: the data go with it, and it is tried where nothing else is."""
