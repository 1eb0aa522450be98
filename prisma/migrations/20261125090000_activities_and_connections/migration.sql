-- CreateEnum
CREATE TYPE "ActivitySource" AS ENUM ('class_recording', 'file', 'apple_health', 'polar', 'google_health', 'garmin');

-- CreateEnum
CREATE TYPE "OwnerOnlySource" AS ENUM ('strava');

-- CreateEnum
CREATE TYPE "ConnectionStatus" AS ENUM ('active', 'needs_reconnect', 'revoked');

-- AlterEnum
ALTER TYPE "ConsentPurpose" ADD VALUE 'share_history';

-- CreateTable
CREATE TABLE "activities" (
    "id" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "source" "ActivitySource" NOT NULL,
    "externalId" TEXT NOT NULL,
    "connectionId" TEXT,
    "classId" TEXT,
    "sport" TEXT NOT NULL,
    "sourceSport" TEXT,
    "title" TEXT,
    "device" TEXT,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "zoneOffsetMinutes" INTEGER,
    "elapsedSeconds" INTEGER NOT NULL,
    "figures" JSONB NOT NULL,
    "problems" TEXT[],
    "duplicateOfId" TEXT,
    "recording" BYTEA,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "activities_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "owner_only_activities" (
    "id" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "source" "OwnerOnlySource" NOT NULL,
    "externalId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "sport" TEXT NOT NULL,
    "sourceSport" TEXT,
    "title" TEXT,
    "device" TEXT,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "zoneOffsetMinutes" INTEGER,
    "elapsedSeconds" INTEGER NOT NULL,
    "figures" JSONB NOT NULL,
    "problems" TEXT[],
    "duplicateOfId" TEXT,
    "recording" BYTEA,
    "fetchedAt" TIMESTAMPTZ(3) NOT NULL,
    "keepUntil" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "owner_only_activities_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "connections" (
    "id" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "externalUserId" TEXT,
    "status" "ConnectionStatus" NOT NULL,
    "scopes" TEXT[],
    "purposes" TEXT[],
    "tokens" BYTEA,
    "tokensExpireAt" TIMESTAMPTZ(3),
    "cursor" JSONB,
    "backfill" JSONB,
    "lastSyncAt" TIMESTAMPTZ(3),
    "lastProblem" TEXT,
    "connectedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "connections_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "connect_attempts" (
    "stateHash" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "verifier" BYTEA,
    "purposes" TEXT[],
    "returnTo" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "connect_attempts_pkey" PRIMARY KEY ("stateHash")
);

-- CreateTable
CREATE TABLE "provider_payloads" (
    "id" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "body" BYTEA NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "keepUntil" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "provider_payloads_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_deliveries" (
    "id" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "deliveryId" TEXT NOT NULL,
    "personId" TEXT,
    "body" BYTEA,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "handledAt" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_deliveries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "provider_subscriptions" (
    "provider" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "secret" BYTEA,
    "active" BOOLEAN NOT NULL,
    "checkedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "provider_subscriptions_pkey" PRIMARY KEY ("provider")
);

-- CreateTable
CREATE TABLE "deletion_certificates" (
    "id" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "counts" JSONB NOT NULL,
    "requestedAt" TIMESTAMPTZ(3) NOT NULL,
    "completedAt" TIMESTAMPTZ(3),

    CONSTRAINT "deletion_certificates_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "activities_personId_startedAt_idx" ON "activities"("personId", "startedAt");

-- CreateIndex
CREATE UNIQUE INDEX "activities_personId_source_externalId_key" ON "activities"("personId", "source", "externalId");

-- CreateIndex
CREATE INDEX "owner_only_activities_personId_startedAt_idx" ON "owner_only_activities"("personId", "startedAt");

-- CreateIndex
CREATE INDEX "owner_only_activities_keepUntil_idx" ON "owner_only_activities"("keepUntil");

-- CreateIndex
CREATE UNIQUE INDEX "owner_only_activities_personId_source_externalId_key" ON "owner_only_activities"("personId", "source", "externalId");

-- CreateIndex
CREATE INDEX "connections_provider_externalUserId_idx" ON "connections"("provider", "externalUserId");

-- CreateIndex
CREATE UNIQUE INDEX "connections_personId_provider_key" ON "connections"("personId", "provider");

-- CreateIndex
CREATE INDEX "connect_attempts_createdAt_idx" ON "connect_attempts"("createdAt");

-- CreateIndex
CREATE INDEX "provider_payloads_keepUntil_idx" ON "provider_payloads"("keepUntil");

-- CreateIndex
CREATE UNIQUE INDEX "provider_payloads_connectionId_kind_externalId_key" ON "provider_payloads"("connectionId", "kind", "externalId");

-- CreateIndex
CREATE INDEX "webhook_deliveries_personId_idx" ON "webhook_deliveries"("personId");

-- CreateIndex
CREATE INDEX "webhook_deliveries_receivedAt_idx" ON "webhook_deliveries"("receivedAt");

-- CreateIndex
CREATE UNIQUE INDEX "webhook_deliveries_provider_deliveryId_key" ON "webhook_deliveries"("provider", "deliveryId");

-- CreateIndex
CREATE INDEX "deletion_certificates_personId_idx" ON "deletion_certificates"("personId");

-- AddForeignKey
ALTER TABLE "activities" ADD CONSTRAINT "activities_personId_fkey" FOREIGN KEY ("personId") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "activities" ADD CONSTRAINT "activities_connectionId_fkey" FOREIGN KEY ("connectionId") REFERENCES "connections"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "activities" ADD CONSTRAINT "activities_classId_fkey" FOREIGN KEY ("classId") REFERENCES "classes"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "activities" ADD CONSTRAINT "activities_duplicateOfId_fkey" FOREIGN KEY ("duplicateOfId") REFERENCES "activities"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "owner_only_activities" ADD CONSTRAINT "owner_only_activities_personId_fkey" FOREIGN KEY ("personId") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "owner_only_activities" ADD CONSTRAINT "owner_only_activities_connectionId_fkey" FOREIGN KEY ("connectionId") REFERENCES "connections"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "owner_only_activities" ADD CONSTRAINT "owner_only_activities_duplicateOfId_fkey" FOREIGN KEY ("duplicateOfId") REFERENCES "activities"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "connections" ADD CONSTRAINT "connections_personId_fkey" FOREIGN KEY ("personId") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "connect_attempts" ADD CONSTRAINT "connect_attempts_personId_fkey" FOREIGN KEY ("personId") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "provider_payloads" ADD CONSTRAINT "provider_payloads_personId_fkey" FOREIGN KEY ("personId") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "provider_payloads" ADD CONSTRAINT "provider_payloads_connectionId_fkey" FOREIGN KEY ("connectionId") REFERENCES "connections"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_personId_fkey" FOREIGN KEY ("personId") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deletion_certificates" ADD CONSTRAINT "deletion_certificates_personId_fkey" FOREIGN KEY ("personId") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;
