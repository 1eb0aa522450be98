/** The byte of Battery Level (0x2A19 of service 0x180F): whole percent, or `null` for anything that is not 0–100. */
export function readBatteryLevel(bytes: DataView): number | null {
  if (bytes.byteLength < 1) return null
  const percent = bytes.getUint8(0)
  return percent <= 100 ? percent : null
}
