"""The component todos."""
