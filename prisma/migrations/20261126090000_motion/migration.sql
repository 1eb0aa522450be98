-- AlterEnum
ALTER TYPE "RecorderSource" ADD VALUE 'motion_sensor';

-- AlterTable
ALTER TABLE "chunks" ADD COLUMN     "cadence" SMALLINT[],
ADD COLUMN     "speed" SMALLINT[],
ADD COLUMN     "watts" SMALLINT[];

-- AlterTable
ALTER TABLE "sealed_runs" ADD COLUMN     "cadence" SMALLINT[],
ADD COLUMN     "speed" SMALLINT[],
ADD COLUMN     "watts" SMALLINT[];

-- A run measures either a heart, an effort or a motion: the columns of the others are null, and unnest gives nothing for them.
CREATE OR REPLACE VIEW "metrics" WITH (security_invoker = true) AS
SELECT r."classId" AS class_id, r."personId" AS person_id, r.id AS recorder_id, r.source::text AS source,
       r."startedAt" + (c.seq * 15 + slot.n - 1) * INTERVAL '1 second' AS at, slot.bpm, slot.effort, slot.cadence, slot.watts, slot.speed
FROM "recorders" r JOIN "chunks" c ON c."recorderKey" = r.key
CROSS JOIN LATERAL unnest(c.bpm, c.effort, c.cadence, c.watts, c.speed) WITH ORDINALITY AS slot(bpm, effort, cadence, watts, speed, n)
WHERE COALESCE(slot.bpm, slot.effort, slot.cadence, slot.watts, slot.speed) IS NOT NULL
UNION ALL
SELECT r."classId", r."personId", r.id, r.source::text,
       r."startedAt" + (slot.n - 1) * INTERVAL '1 second', slot.bpm, slot.effort, slot.cadence, slot.watts, slot.speed
FROM "recorders" r JOIN "sealed_runs" s ON s."recorderKey" = r.key
CROSS JOIN LATERAL unnest(s.bpm, s.effort, s.cadence, s.watts, s.speed) WITH ORDINALITY AS slot(bpm, effort, cadence, watts, speed, n)
WHERE COALESCE(slot.bpm, slot.effort, slot.cadence, slot.watts, slot.speed) IS NOT NULL;
