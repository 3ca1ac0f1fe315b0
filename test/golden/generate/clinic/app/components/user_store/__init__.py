"""The component user_store."""
