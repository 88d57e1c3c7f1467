"""Which telephones ring, and how the orders for it reach the carrier."""
