SET lock_timeout = '2s';
ALTER TABLE parcel ADD COLUMN sent_at timestamptz;
