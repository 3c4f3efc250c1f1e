-- lockstep: backfill batch=5000 pause=200ms
UPDATE users SET email_address = email;
