"""The component accounts."""
