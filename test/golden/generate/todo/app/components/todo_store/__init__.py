"""The component todo_store."""
