{{- /* for whichever database the server runs on */ -}}
CREATE TABLE {{.prefix}}boards (
    id varchar(36) PRIMARY KEY,
    {{if .postgres}}made_at timestamptz NOT NULL DEFAULT now(),{{end}}
    {{if .mysql}}made_at datetime(6) NOT NULL DEFAULT now(6),{{end}}
    properties {{if .postgres}}jsonb{{else}}text{{end}}
) {{if .mysql}}DEFAULT CHARACTER SET utf8mb4{{end}};
