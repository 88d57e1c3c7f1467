"""Pages for people: one module a screen, server-rendered, in Chinese and English."""
