"""How long the book takes to make, beside what its tools take to make an empty one."""
