"""Coverage: where migrants live and which conventions bind the State, and which States join."""
