"""Which weeks a person may work: graphs of legal weeks, and the walks through them."""
