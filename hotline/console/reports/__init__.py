"""What a month or some weeks came to: figures, pictures, spreadsheets, paper."""
