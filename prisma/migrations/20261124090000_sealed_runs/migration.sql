-- AlterTable
ALTER TABLE "profiles" ADD COLUMN     "keepDays" INTEGER NOT NULL DEFAULT 30;

-- AlterTable
ALTER TABLE "recorders" ADD COLUMN     "agedOutAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "sealed_runs" (
    "recorderKey" BIGINT NOT NULL,
    "bpm" SMALLINT[],
    "effort" SMALLINT[],
    "rr" SMALLINT[],
    "rrCounts" SMALLINT[],

    CONSTRAINT "sealed_runs_pkey" PRIMARY KEY ("recorderKey")
);

-- AddForeignKey
ALTER TABLE "sealed_runs" ADD CONSTRAINT "sealed_runs_recorderKey_fkey" FOREIGN KEY ("recorderKey") REFERENCES "recorders"("key") ON DELETE CASCADE ON UPDATE CASCADE;

-- Plain rows for whoever asks in SQL: a second of a recorder with what was measured in it, sealed or not. What was recorded in our own
-- classes only; nothing that a provider sent is in these tables. The caller's own rights decide what is seen.
CREATE VIEW "metrics" WITH (security_invoker = true) AS
SELECT r."classId" AS class_id, r."personId" AS person_id, r.id AS recorder_id, r.source::text AS source,
       r."startedAt" + (c.seq * 15 + slot.n - 1) * INTERVAL '1 second' AS at, slot.bpm, slot.effort
FROM "recorders" r JOIN "chunks" c ON c."recorderKey" = r.key
CROSS JOIN LATERAL unnest(c.bpm, c.effort) WITH ORDINALITY AS slot(bpm, effort, n)
WHERE slot.bpm IS NOT NULL OR slot.effort IS NOT NULL
UNION ALL
SELECT r."classId", r."personId", r.id, r.source::text,
       r."startedAt" + (slot.n - 1) * INTERVAL '1 second', slot.bpm, slot.effort
FROM "recorders" r JOIN "sealed_runs" s ON s."recorderKey" = r.key
CROSS JOIN LATERAL unnest(s.bpm, s.effort) WITH ORDINALITY AS slot(bpm, effort, n)
WHERE slot.bpm IS NOT NULL OR slot.effort IS NOT NULL;
