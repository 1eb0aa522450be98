/** Little-endian numbers one after the other, as GATT sends them. Past the end each is `null`, and so is all that follows. */
export class ByteReader {
  #at = 0

  constructor(private readonly bytes: DataView) {}

  /** Bytes that are left. */
  get left(): number {
    return Math.max(0, this.bytes.byteLength - this.#at)
  }
  u8 = (): number | null => this.#take(1, (at) => this.bytes.getUint8(at))
  u16 = (): number | null => this.#take(2, (at) => this.bytes.getUint16(at, true))
  s16 = (): number | null => this.#take(2, (at) => this.bytes.getInt16(at, true))
  u32 = (): number | null => this.#take(4, (at) => this.bytes.getUint32(at, true))

  skip(size: number): void {
    this.#at += size
  }

  #take(size: number, read: (at: number) => number): number | null {
    const at = this.#at
    this.#at += size
    return this.#at > this.bytes.byteLength ? null : read(at)
  }
}
