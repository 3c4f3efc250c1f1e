ALTER TABLE ${schema}.a ADD {{ .column }} int DEFAULT %(v)s;
DROP TABLE $%T%$, @u@, :w;
${whole};
