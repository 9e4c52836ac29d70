"""What `make docs` runs; imported by nothing."""
