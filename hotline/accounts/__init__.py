"""Who may use the pages, how they prove who they are, and what they leave in the audit trail."""
