{{if .mysql}}
ALTER TABLE {{.prefix}}boards ADD COLUMN `title` varchar(200), ALGORITHM=INSTANT;
{{else if .postgres}}
ALTER TABLE {{.prefix}}boards ADD COLUMN title text NOT NULL;
{{end}}
{{if .hosted}}
CREATE INDEX {{.prefix}}boards_title ON {{.prefix}}boards (title);
{{end}}
