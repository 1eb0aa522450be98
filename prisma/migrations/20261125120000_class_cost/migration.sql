-- AlterTable
ALTER TABLE "classes" ADD COLUMN     "billedMessages" INTEGER NOT NULL DEFAULT 0;
