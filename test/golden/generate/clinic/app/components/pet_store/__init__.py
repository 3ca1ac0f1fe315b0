"""The component pet_store."""
