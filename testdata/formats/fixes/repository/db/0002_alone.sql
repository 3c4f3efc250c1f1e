-- 🐘
-- +goose Up
  CREATE /* 🐘 größer */ UNIQUE INDEX "index" ON users (email);

-- +goose Down
DROP INDEX "index";
