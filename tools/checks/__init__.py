"""What the tables must keep to besides types and keys: rules of fields, each with its reason."""
