-- Each run's arrays, as chunks or sealed, are opened into seconds once, above both. A run is looked for by its recorder's key, never by
-- reading all chunks to find a class's: a plan that PostgreSQL chose otherwise while a week of classes waited to be sealed. Rows as before.
CREATE OR REPLACE VIEW "metrics" WITH (security_invoker = true) AS
SELECT r."classId" AS class_id, r."personId" AS person_id, r.id AS recorder_id, r.source::text AS source,
       r."startedAt" + (run.first + slot.n - 1) * INTERVAL '1 second' AS at, slot.bpm, slot.effort, slot.cadence, slot.watts, slot.speed
FROM "recorders" r
CROSS JOIN LATERAL (
    SELECT c.seq * 15 AS first, c.bpm, c.effort, c.cadence, c.watts, c.speed FROM "chunks" c WHERE c."recorderKey" = r.key
    UNION ALL
    SELECT 0, s.bpm, s.effort, s.cadence, s.watts, s.speed FROM "sealed_runs" s WHERE s."recorderKey" = r.key
) AS run
CROSS JOIN LATERAL unnest(run.bpm, run.effort, run.cadence, run.watts, run.speed) WITH ORDINALITY AS slot(bpm, effort, cadence, watts, speed, n)
WHERE COALESCE(slot.bpm, slot.effort, slot.cadence, slot.watts, slot.speed) IS NOT NULL;
