-- AlterTable
ALTER TABLE "participants" ADD COLUMN "leftScreenId" TEXT,
ADD COLUMN "revision" INTEGER NOT NULL DEFAULT 0;

-- News of one person may cross on the way to a screen: which is newer stands in the row, whoever wrote it.
CREATE FUNCTION revise_participant() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.revision := OLD.revision + 1;
  RETURN NEW;
END $$;

CREATE TRIGGER participants_revised
BEFORE UPDATE OF name, "cameraReach", "heartRateReach", "leftAt", "removedAt", "handRaisedAt" ON participants
FOR EACH ROW EXECUTE FUNCTION revise_participant();
