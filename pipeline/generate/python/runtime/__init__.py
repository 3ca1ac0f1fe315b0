"""What every generated system shares. It is copied, not installed: a system depends on nothing but its lock file."""
