-- Änderung: 😀 vor dem Befehl
/* 😀 é */ ALTER TABLE "größe" ALTER COLUMN "straße" SET NOT NULL, ALTER COLUMN "😀" TYPE bigint;
CREATE INDEX "größe_名前" ON "größe" ("名前");
-- lockstep:ignore drop-column because niemand liest „名前“ noch 😀
ALTER TABLE "größe" DROP COLUMN "名前";
