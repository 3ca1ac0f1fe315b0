"""The component species_notes."""
