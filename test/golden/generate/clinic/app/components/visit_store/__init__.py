"""The component visit_store."""
