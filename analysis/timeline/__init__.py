"""The timeline: in what order it all happened."""
