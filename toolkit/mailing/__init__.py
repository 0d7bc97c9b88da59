"""Messages: whom to write to, the letters in three languages, drafts of them, and sending."""
