"""How the book is made and proved."""
