"""Everything that is published of one version, made by one command and again by anyone."""
