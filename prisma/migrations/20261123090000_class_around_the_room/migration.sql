-- CreateEnum
CREATE TYPE "BookingStatus" AS ENUM ('booked', 'waiting', 'cancelled');

-- CreateEnum
CREATE TYPE "MessageKind" AS ENUM ('chat', 'announcement', 'thread');

-- AlterTable
ALTER TABLE "class_series" ADD COLUMN     "eachToEach" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "payNote" TEXT,
ADD COLUMN     "payUrl" TEXT,
ADD COLUMN     "plan" JSONB,
ADD COLUMN     "startsOn" TEXT;

-- AlterTable
ALTER TABLE "classes" ADD COLUMN     "cancelNote" TEXT,
ADD COLUMN     "cancelledAt" TIMESTAMPTZ(3),
ADD COLUMN     "capacity" INTEGER,
ADD COLUMN     "durationMin" INTEGER,
ADD COLUMN     "epoch" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "occurrence" TEXT,
ADD COLUMN     "plan" JSONB,
ADD COLUMN     "spotlightId" TEXT,
ADD COLUMN     "timer" JSONB,
ADD COLUMN     "workoutStartedAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "participants" ADD COLUMN     "handRaisedAt" TIMESTAMPTZ(3),
ADD COLUMN     "paidAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "class_templates" (
    "id" TEXT NOT NULL,
    "hostId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "settings" JSONB NOT NULL,
    "plan" JSONB,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "class_templates_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bookings" (
    "id" TEXT NOT NULL,
    "classId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "status" "BookingStatus" NOT NULL,
    "askedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "promotedAt" TIMESTAMPTZ(3),
    "heldUntil" TIMESTAMPTZ(3),

    CONSTRAINT "bookings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "messages" (
    "id" TEXT NOT NULL,
    "kind" "MessageKind" NOT NULL,
    "seriesId" TEXT NOT NULL,
    "classId" TEXT,
    "personId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "deletedAt" TIMESTAMPTZ(3),
    "deletedBy" TEXT,

    CONSTRAINT "messages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "series_follows" (
    "personId" TEXT NOT NULL,
    "seriesId" TEXT NOT NULL,
    "reminders" BOOLEAN NOT NULL DEFAULT false,
    "announcements" BOOLEAN NOT NULL DEFAULT false,
    "thread" BOOLEAN NOT NULL DEFAULT false,
    "byEmail" BOOLEAN NOT NULL DEFAULT false,
    "byPush" BOOLEAN NOT NULL DEFAULT false,
    "email" TEXT,
    "emailConfirmedAt" TIMESTAMPTZ(3),
    "tokenHash" TEXT,
    "leftAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "series_follows_pkey" PRIMARY KEY ("personId","seriesId")
);

-- CreateTable
CREATE TABLE "push_subscriptions" (
    "id" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "endpoint" TEXT NOT NULL,
    "p256dh" TEXT NOT NULL,
    "auth" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "push_subscriptions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sent_notices" (
    "personId" TEXT NOT NULL,
    "about" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "sentAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sent_notices_pkey" PRIMARY KEY ("personId","about","channel")
);

-- CreateTable
CREATE TABLE "audit_events" (
    "id" BIGSERIAL NOT NULL,
    "actorId" TEXT,
    "subjectId" TEXT,
    "action" TEXT NOT NULL,
    "classId" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_events_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "class_templates_hostId_idx" ON "class_templates"("hostId");

-- CreateIndex
CREATE INDEX "bookings_classId_status_askedAt_idx" ON "bookings"("classId", "status", "askedAt");

-- CreateIndex
CREATE UNIQUE INDEX "bookings_classId_personId_key" ON "bookings"("classId", "personId");

-- CreateIndex
CREATE INDEX "messages_classId_createdAt_idx" ON "messages"("classId", "createdAt");

-- CreateIndex
CREATE INDEX "messages_seriesId_kind_createdAt_idx" ON "messages"("seriesId", "kind", "createdAt");

-- CreateIndex
CREATE INDEX "messages_expiresAt_idx" ON "messages"("expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "series_follows_tokenHash_key" ON "series_follows"("tokenHash");

-- CreateIndex
CREATE INDEX "series_follows_seriesId_idx" ON "series_follows"("seriesId");

-- CreateIndex
CREATE UNIQUE INDEX "push_subscriptions_endpoint_key" ON "push_subscriptions"("endpoint");

-- CreateIndex
CREATE INDEX "push_subscriptions_personId_idx" ON "push_subscriptions"("personId");

-- CreateIndex
CREATE INDEX "audit_events_subjectId_at_idx" ON "audit_events"("subjectId", "at");

-- CreateIndex
CREATE UNIQUE INDEX "classes_seriesId_occurrence_key" ON "classes"("seriesId", "occurrence");

-- AddForeignKey
ALTER TABLE "class_templates" ADD CONSTRAINT "class_templates_hostId_fkey" FOREIGN KEY ("hostId") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_classId_fkey" FOREIGN KEY ("classId") REFERENCES "classes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_personId_fkey" FOREIGN KEY ("personId") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "messages" ADD CONSTRAINT "messages_seriesId_fkey" FOREIGN KEY ("seriesId") REFERENCES "class_series"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "messages" ADD CONSTRAINT "messages_classId_fkey" FOREIGN KEY ("classId") REFERENCES "classes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "messages" ADD CONSTRAINT "messages_personId_fkey" FOREIGN KEY ("personId") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "series_follows" ADD CONSTRAINT "series_follows_personId_fkey" FOREIGN KEY ("personId") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "series_follows" ADD CONSTRAINT "series_follows_seriesId_fkey" FOREIGN KEY ("seriesId") REFERENCES "class_series"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "push_subscriptions" ADD CONSTRAINT "push_subscriptions_personId_fkey" FOREIGN KEY ("personId") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sent_notices" ADD CONSTRAINT "sent_notices_personId_fkey" FOREIGN KEY ("personId") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_events" ADD CONSTRAINT "audit_events_actorId_fkey" FOREIGN KEY ("actorId") REFERENCES "people"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_events" ADD CONSTRAINT "audit_events_subjectId_fkey" FOREIGN KEY ("subjectId") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;
