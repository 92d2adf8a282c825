"""GRCP 7: who was asked, who answered, what the mechanisms work on and recommend."""
