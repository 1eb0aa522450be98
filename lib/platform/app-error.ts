/** Every expected failure, with the HTTP status it becomes. The code is part of the API; the words may change. */
export const STATUS = {
  invalid_input: 400,
  malformed_json: 400,
  sign_in_required: 401,
  invalid_code: 401,
  invalid_grant: 401,
  not_allowed: 403,
  cross_site: 403,
  removed_from_class: 403,
  not_found: 404,
  class_full: 409,
  class_over: 409,
  class_cancelled: 409,
  conflict: 409,
  chunk_mismatch: 409,
  expired: 410,
  too_late: 410,
  too_large: 413,
  unsupported_media: 415,
  too_many_requests: 429,
  unavailable: 503,
} as const

export type ErrorCode = keyof typeof STATUS

/** A failure that was foreseen: `message` says what to do and may be shown to the person; it never carries a secret or a health value. */
export class AppError extends Error {
  override readonly name = 'AppError'
  constructor(
    readonly code: ErrorCode,
    message: string,
    /** Which fields were wrong and why, for forms. */
    readonly fields?: Readonly<Record<string, string>>,
  ) {
    super(message)
  }
  get status(): number {
    return STATUS[this.code]
  }
}
