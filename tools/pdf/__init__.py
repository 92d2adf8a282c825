"""Print the built book as three tagged PDFs: merge its pages, typeset them with WeasyPrint."""
