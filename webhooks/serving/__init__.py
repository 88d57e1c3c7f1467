"""The hotline at work: processes, what each does, and whether all is ready."""
