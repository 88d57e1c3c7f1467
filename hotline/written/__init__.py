"""What people bring in writing: sheets, workbooks, and the hours of a week."""
