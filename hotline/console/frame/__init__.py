"""What every page stands in: access, layout, language, forms, and what a change leaves behind."""
