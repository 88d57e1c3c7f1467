"""What a supervisor does by dialling in."""
