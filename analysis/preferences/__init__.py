"""What Governments wanted of a conference in 2003, and what the Dialogue of 2006 gave them."""
