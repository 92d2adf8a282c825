"""Figures: one module per chapter, data in and a matplotlib `Figure` out, one shared style."""
