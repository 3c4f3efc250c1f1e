SET lock_timeout = '2s';
ALTER TABLE users ADD COLUMN email_address text;
CREATE FUNCTION users_email_sync() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.email_address IS NULL THEN NEW.email_address := NEW.email;
    ELSIF NEW.email IS NULL THEN NEW.email := NEW.email_address; END IF;
  ELSIF NEW.email IS DISTINCT FROM OLD.email THEN NEW.email_address := NEW.email;
  ELSIF NEW.email_address IS DISTINCT FROM OLD.email_address THEN NEW.email := NEW.email_address;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER users_email_sync BEFORE INSERT OR UPDATE ON users
  FOR EACH ROW EXECUTE FUNCTION users_email_sync();
