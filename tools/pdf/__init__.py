"""Print the built book as one tagged PDF: merge its pages, typeset them with WeasyPrint."""
