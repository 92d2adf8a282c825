"""The audit: how each stated figure fares, and where two places disagree."""
