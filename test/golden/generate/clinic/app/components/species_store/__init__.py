"""The component species_store."""
