-- AlterTable
ALTER TABLE "bookings" ADD COLUMN     "cameraReach" "CameraReach" NOT NULL DEFAULT 'trainer';
