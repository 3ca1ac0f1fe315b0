"""The component visits."""
