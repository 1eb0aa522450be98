ALTER TABLE "profiles" ADD COLUMN "thresholdWatts" INTEGER;
ALTER TABLE "activities" ADD COLUMN "removedAt" TIMESTAMPTZ(3);
