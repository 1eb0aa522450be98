-- CreateEnum
CREATE TYPE "SendingState" AS ENUM ('sending', 'sent', 'duplicate', 'refused');

-- CreateTable
CREATE TABLE "sendings" (
    "id" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "activityId" TEXT NOT NULL,
    "state" "SendingState" NOT NULL,
    "uploadId" TEXT,
    "url" TEXT,
    "problem" TEXT,
    "heldUntil" TIMESTAMPTZ(3),
    "retryAt" TIMESTAMPTZ(3),
    "askedAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "sendings_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "sendings_personId_idx" ON "sendings"("personId");

-- CreateIndex
CREATE INDEX "sendings_connectionId_idx" ON "sendings"("connectionId");

-- CreateIndex
CREATE UNIQUE INDEX "sendings_activityId_connectionId_key" ON "sendings"("activityId", "connectionId");

-- AddForeignKey
ALTER TABLE "sendings" ADD CONSTRAINT "sendings_personId_fkey" FOREIGN KEY ("personId") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sendings" ADD CONSTRAINT "sendings_connectionId_fkey" FOREIGN KEY ("connectionId") REFERENCES "connections"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sendings" ADD CONSTRAINT "sendings_activityId_fkey" FOREIGN KEY ("activityId") REFERENCES "activities"("id") ON DELETE CASCADE ON UPDATE CASCADE;
