{{ template "views/circle.sql" . }}
