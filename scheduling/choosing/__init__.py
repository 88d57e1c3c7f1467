"""Which week each person gets: searches, from greedy to exact."""
