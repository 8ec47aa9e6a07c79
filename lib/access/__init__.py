"""Who may come in: a passphrase for all, until there are logins."""
