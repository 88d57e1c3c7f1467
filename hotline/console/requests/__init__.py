"""The coordinator's inbox: what people ask for, decided in one click."""
