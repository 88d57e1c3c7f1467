"""What a month or some weeks came to: figures by line, city and province, from counts by day."""
