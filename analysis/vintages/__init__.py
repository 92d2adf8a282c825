"""How editions revise the migrant stock of countries, and what that leaves of a figure."""
