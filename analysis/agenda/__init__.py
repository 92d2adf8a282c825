"""One agenda, fifteen years: what five agendas on migration named, kept and let go."""
