-- A recording that its owner deleted stays deleted: late chunks are not taken, and the sweep makes no summary of it.
ALTER TABLE "participants" ADD COLUMN "recordErasedAt" TIMESTAMPTZ(3);
