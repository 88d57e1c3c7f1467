"""Where legs meet: queues and conferences, and what is said and recorded there."""
