CREATE TYPE state AS ENUM ('new', 'paid', 'sent');
ALTER TYPE state ADD VALUE 'packed' BEFORE 'sent';
ALTER TYPE state ADD VALUE IF NOT EXISTS 'packed' AFTER 'new';
ALTER TYPE state ADD VALUE 'void';
ALTER TYPE state ADD VALUE 'held' AFTER 'new';
ALTER TYPE state RENAME VALUE 'void' TO 'cancelled';
