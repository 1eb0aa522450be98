-- AlterTable
ALTER TABLE "classes" ADD COLUMN     "passes" JSONB NOT NULL DEFAULT '[]';
