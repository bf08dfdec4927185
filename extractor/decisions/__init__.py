"""What people decided and answered."""
