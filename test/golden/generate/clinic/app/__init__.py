"""Pet Clinic."""
