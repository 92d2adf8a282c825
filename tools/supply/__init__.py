"""What the project takes from others: under which licences, and with which known weaknesses."""
