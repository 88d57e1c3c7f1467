"""What one volunteer sees and does of their own duties."""
