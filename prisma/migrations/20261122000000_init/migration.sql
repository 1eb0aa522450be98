-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "Sex" AS ENUM ('female', 'male');

-- CreateEnum
CREATE TYPE "Units" AS ENUM ('metric', 'imperial');

-- CreateEnum
CREATE TYPE "ConsentPurpose" AS ENUM ('live', 'keep', 'share_summary');

-- CreateEnum
CREATE TYPE "ClassKind" AS ENUM ('hiit', 'strength', 'cycling', 'running', 'yoga', 'pilates', 'dance', 'boxing', 'mobility', 'other');

-- CreateEnum
CREATE TYPE "VideoPlace" AS ENUM ('here', 'own_link');

-- CreateEnum
CREATE TYPE "HeartRateReach" AS ENUM ('trainer', 'everyone');

-- CreateEnum
CREATE TYPE "ClassStatus" AS ENUM ('scheduled', 'open', 'live', 'ended', 'cancelled');

-- CreateEnum
CREATE TYPE "ParticipantRole" AS ENUM ('host', 'member');

-- CreateEnum
CREATE TYPE "CameraReach" AS ENUM ('nobody', 'trainer', 'everyone');

-- CreateEnum
CREATE TYPE "RecorderSource" AS ENUM ('heart_rate_strap', 'replay', 'effort', 'simulated');

-- CreateEnum
CREATE TYPE "SummaryStatus" AS ENUM ('receiving', 'final');

-- CreateTable
CREATE TABLE "people" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "guestOfId" TEXT,
    "mergedIntoId" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "people_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "email_credentials" (
    "personId" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "verifiedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "email_credentials_pkey" PRIMARY KEY ("personId")
);

-- CreateTable
CREATE TABLE "sign_in_challenges" (
    "id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT,
    "tokenHash" TEXT NOT NULL,
    "codeHash" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "returnTo" TEXT NOT NULL,
    "claimPersonId" TEXT,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sign_in_challenges_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "profiles" (
    "personId" TEXT NOT NULL,
    "birthYear" INTEGER,
    "sex" "Sex",
    "heightCm" DOUBLE PRECISION,
    "weightKg" DOUBLE PRECISION,
    "hrmaxBpm" INTEGER,
    "hrrestBpm" INTEGER,
    "effortOnly" BOOLEAN NOT NULL DEFAULT false,
    "units" "Units" NOT NULL DEFAULT 'metric',
    "timezone" TEXT,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "profiles_pkey" PRIMARY KEY ("personId")
);

-- CreateTable
CREATE TABLE "bearers" (
    "id" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "classId" TEXT,
    "recorderId" TEXT,
    "label" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "lastUsedAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "bearers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "consents" (
    "id" BIGSERIAL NOT NULL,
    "personId" TEXT NOT NULL,
    "trainerId" TEXT NOT NULL,
    "purpose" "ConsentPurpose" NOT NULL,
    "choice" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "consents_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "class_series" (
    "id" TEXT NOT NULL,
    "hostId" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "kind" "ClassKind" NOT NULL,
    "durationMin" INTEGER NOT NULL,
    "capacity" INTEGER NOT NULL,
    "heartRateReach" "HeartRateReach" NOT NULL,
    "videoPlace" "VideoPlace" NOT NULL DEFAULT 'here',
    "videoUrl" TEXT,
    "timezone" TEXT NOT NULL,
    "localStart" TEXT,
    "rule" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "class_series_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "classes" (
    "id" TEXT NOT NULL,
    "seriesId" TEXT NOT NULL,
    "status" "ClassStatus" NOT NULL,
    "title" TEXT,
    "startsAt" TIMESTAMPTZ(3) NOT NULL,
    "plannedEndAt" TIMESTAMPTZ(3) NOT NULL,
    "workoutEndedAt" TIMESTAMPTZ(3),
    "closedAt" TIMESTAMPTZ(3),
    "hostSeenAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "classes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "participants" (
    "id" TEXT NOT NULL,
    "classId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "role" "ParticipantRole" NOT NULL,
    "name" TEXT NOT NULL,
    "seat" INTEGER NOT NULL,
    "cameraReach" "CameraReach" NOT NULL DEFAULT 'trainer',
    "heartRateReach" TEXT,
    "present_s" int4multirange NOT NULL DEFAULT '{}'::int4multirange,
    "firstSeenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "leftAt" TIMESTAMPTZ(3),
    "removedAt" TIMESTAMPTZ(3),

    CONSTRAINT "participants_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "recorders" (
    "id" TEXT NOT NULL,
    "key" BIGSERIAL NOT NULL,
    "runId" TEXT NOT NULL,
    "classId" TEXT NOT NULL,
    "participantId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "source" "RecorderSource" NOT NULL,
    "rank" INTEGER NOT NULL,
    "label" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "clockUncertaintyMs" INTEGER NOT NULL,
    "received" int4multirange NOT NULL DEFAULT '{}'::int4multirange,
    "lastSeq" INTEGER,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "recorders_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "chunks" (
    "recorderKey" BIGINT NOT NULL,
    "seq" INTEGER NOT NULL,
    "sha256" BYTEA NOT NULL,
    "bpm" SMALLINT[],
    "effort" SMALLINT[],
    "rr" SMALLINT[],

    CONSTRAINT "chunks_pkey" PRIMARY KEY ("recorderKey","seq")
);

-- CreateTable
CREATE TABLE "summaries" (
    "id" TEXT NOT NULL,
    "classId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "status" "SummaryStatus" NOT NULL,
    "dirty" BOOLEAN NOT NULL DEFAULT false,
    "algorithmVersion" INTEGER NOT NULL,
    "inputsDigest" TEXT NOT NULL,
    "inputs" JSONB NOT NULL,
    "figures" JSONB NOT NULL,
    "computedAt" TIMESTAMPTZ(3) NOT NULL,
    "mailedAt" TIMESTAMPTZ(3),

    CONSTRAINT "summaries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "summary_addresses" (
    "classId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "summary_addresses_pkey" PRIMARY KEY ("classId","personId")
);

-- CreateIndex
CREATE INDEX "people_guestOfId_idx" ON "people"("guestOfId");

-- CreateIndex
CREATE UNIQUE INDEX "email_credentials_email_key" ON "email_credentials"("email");

-- CreateIndex
CREATE UNIQUE INDEX "sign_in_challenges_tokenHash_key" ON "sign_in_challenges"("tokenHash");

-- CreateIndex
CREATE INDEX "sign_in_challenges_email_createdAt_idx" ON "sign_in_challenges"("email", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "bearers_tokenHash_key" ON "bearers"("tokenHash");

-- CreateIndex
CREATE INDEX "bearers_personId_idx" ON "bearers"("personId");

-- CreateIndex
CREATE INDEX "consents_personId_trainerId_purpose_id_idx" ON "consents"("personId", "trainerId", "purpose", "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "class_series_slug_key" ON "class_series"("slug");

-- CreateIndex
CREATE INDEX "class_series_hostId_idx" ON "class_series"("hostId");

-- CreateIndex
CREATE INDEX "classes_seriesId_startsAt_idx" ON "classes"("seriesId", "startsAt");

-- CreateIndex
CREATE INDEX "classes_status_plannedEndAt_idx" ON "classes"("status", "plannedEndAt");

-- CreateIndex
CREATE UNIQUE INDEX "participants_classId_personId_key" ON "participants"("classId", "personId");

-- CreateIndex
CREATE UNIQUE INDEX "participants_classId_seat_key" ON "participants"("classId", "seat");

-- CreateIndex
CREATE UNIQUE INDEX "recorders_key_key" ON "recorders"("key");

-- CreateIndex
CREATE INDEX "recorders_classId_idx" ON "recorders"("classId");

-- CreateIndex
CREATE UNIQUE INDEX "recorders_participantId_runId_key" ON "recorders"("participantId", "runId");

-- CreateIndex
CREATE INDEX "summaries_dirty_idx" ON "summaries"("dirty");

-- CreateIndex
CREATE UNIQUE INDEX "summaries_classId_personId_key" ON "summaries"("classId", "personId");

-- AddForeignKey
ALTER TABLE "people" ADD CONSTRAINT "people_guestOfId_fkey" FOREIGN KEY ("guestOfId") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "people" ADD CONSTRAINT "people_mergedIntoId_fkey" FOREIGN KEY ("mergedIntoId") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "email_credentials" ADD CONSTRAINT "email_credentials_personId_fkey" FOREIGN KEY ("personId") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sign_in_challenges" ADD CONSTRAINT "sign_in_challenges_claimPersonId_fkey" FOREIGN KEY ("claimPersonId") REFERENCES "people"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "profiles" ADD CONSTRAINT "profiles_personId_fkey" FOREIGN KEY ("personId") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bearers" ADD CONSTRAINT "bearers_personId_fkey" FOREIGN KEY ("personId") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bearers" ADD CONSTRAINT "bearers_classId_fkey" FOREIGN KEY ("classId") REFERENCES "classes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bearers" ADD CONSTRAINT "bearers_recorderId_fkey" FOREIGN KEY ("recorderId") REFERENCES "recorders"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consents" ADD CONSTRAINT "consents_personId_fkey" FOREIGN KEY ("personId") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consents" ADD CONSTRAINT "consents_trainerId_fkey" FOREIGN KEY ("trainerId") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "class_series" ADD CONSTRAINT "class_series_hostId_fkey" FOREIGN KEY ("hostId") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "classes" ADD CONSTRAINT "classes_seriesId_fkey" FOREIGN KEY ("seriesId") REFERENCES "class_series"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "participants" ADD CONSTRAINT "participants_classId_fkey" FOREIGN KEY ("classId") REFERENCES "classes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "participants" ADD CONSTRAINT "participants_personId_fkey" FOREIGN KEY ("personId") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recorders" ADD CONSTRAINT "recorders_classId_fkey" FOREIGN KEY ("classId") REFERENCES "classes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recorders" ADD CONSTRAINT "recorders_participantId_fkey" FOREIGN KEY ("participantId") REFERENCES "participants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recorders" ADD CONSTRAINT "recorders_personId_fkey" FOREIGN KEY ("personId") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chunks" ADD CONSTRAINT "chunks_recorderKey_fkey" FOREIGN KEY ("recorderKey") REFERENCES "recorders"("key") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "summaries" ADD CONSTRAINT "summaries_classId_fkey" FOREIGN KEY ("classId") REFERENCES "classes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "summaries" ADD CONSTRAINT "summaries_personId_fkey" FOREIGN KEY ("personId") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "summary_addresses" ADD CONSTRAINT "summary_addresses_classId_fkey" FOREIGN KEY ("classId") REFERENCES "classes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "summary_addresses" ADD CONSTRAINT "summary_addresses_personId_fkey" FOREIGN KEY ("personId") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What must hold whoever writes: a chunk is at most fifteen seconds of plausible values (a null slot passes, as it must).
ALTER TABLE "chunks"
    ADD CONSTRAINT "chunks_seq_check" CHECK ("seq" BETWEEN 0 AND 1440),
    ADD CONSTRAINT "chunks_sha256_check" CHECK (octet_length("sha256") = 32),
    ADD CONSTRAINT "chunks_bpm_check" CHECK (cardinality("bpm") <= 15 AND 25 <= ALL ("bpm") AND 250 >= ALL ("bpm")),
    ADD CONSTRAINT "chunks_effort_check" CHECK (cardinality("effort") <= 15 AND 1 <= ALL ("effort") AND 10 >= ALL ("effort")),
    ADD CONSTRAINT "chunks_rr_check" CHECK (cardinality("rr") <= 120 AND 205 <= ALL ("rr") AND 3072 >= ALL ("rr"));

ALTER TABLE "consents"
    ADD CONSTRAINT "consents_choice_check" CHECK (
        ("purpose" = 'live' AND "choice" IN ('me', 'trainer', 'everyone'))
        OR ("purpose" = 'keep' AND "choice" IN ('yes', 'no'))
        OR ("purpose" = 'share_summary' AND "choice" IN ('no', 'summary', 'curve'))
    );
