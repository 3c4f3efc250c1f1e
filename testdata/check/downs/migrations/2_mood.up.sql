CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE moods (id bigint PRIMARY KEY, mood mood NOT NULL);
