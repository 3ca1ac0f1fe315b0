"""The component pets."""
