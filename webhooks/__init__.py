"""Everything that speaks Twilio."""
