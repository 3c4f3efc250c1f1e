SET lock_timeout = '2s';
ALTER TABLE users ADD CONSTRAINT users_email_given CHECK (email IS NOT NULL) NOT VALID;
ALTER TABLE users VALIDATE CONSTRAINT users_email_given;
ALTER TABLE users ALTER COLUMN email SET NOT NULL;
ALTER TABLE users DROP CONSTRAINT users_email_given;
CREATE OR REPLACE FUNCTION users_to_contacts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' OR NEW.email IS DISTINCT FROM OLD.email THEN
    INSERT INTO contacts (user_id, email) VALUES (NEW.id, NEW.email)
      ON CONFLICT (user_id) DO UPDATE SET email = EXCLUDED.email
      WHERE contacts.email IS DISTINCT FROM EXCLUDED.email;
  END IF;
  RETURN NULL;
END $$;
