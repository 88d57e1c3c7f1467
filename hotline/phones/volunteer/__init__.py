"""What a volunteer does by dialling in."""
