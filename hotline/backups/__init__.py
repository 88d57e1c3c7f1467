"""The whole site in one sealed file, and back."""
