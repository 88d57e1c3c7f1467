"""What is done to the whole database now and then: purged, erased, saved, brought back."""
