/**
 * What must never reach a log: health values, tokens, e-mail addresses, money. Dropped by the name of the field, at any depth, and by
 * shape inside text, because a vendor's error message may quote what we sent it.
 */
const SECRET = 'email|mail_?to|token|secret|password|authorization|cookie|\\bcode\\b|code_?hash|grant|signature|amount|price'
const HEALTH = 'bpm|^rr$|heart|effort|birth|weight|height|hrmax|hrrest|samples|chunks'
const SECRET_NAME = new RegExp(`${SECRET}|${HEALTH}`, 'i')
const EMAIL = /[^\s@<>"'()=]+@[^\s@<>"'()=]+\.[a-z]{2,}/gi
const OPAQUE = /\b[A-Za-z0-9_-]{40,}\b/g
const MAX_DEPTH = 5
const STACK_LINES = 8

export const redactText = (text: string): string => text.replace(EMAIL, '[e-mail]').replace(OPAQUE, '[token]')

export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value)
  if (value === null || typeof value !== 'object') return value
  if (depth >= MAX_DEPTH) return '[deep]'
  if (value instanceof Error) return redactError(value, depth)
  if (Array.isArray(value)) return value.slice(0, 20).map((item) => redact(item, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, SECRET_NAME.test(name) ? '[redacted]' : redact(item, depth + 1)]),
  )
}

/** Only what helps to find the fault: vendors hang whole requests on their errors. */
function redactError(error: Error, depth: number): Record<string, unknown> {
  return {
    type: error.name,
    message: redactText(error.message),
    // An error's code (P2002, ECONNREFUSED) is no secret, unlike a field called code.
    errorCode: 'code' in error && typeof error.code === 'string' ? error.code : undefined,
    stack: error.stack === undefined ? undefined : redactText(error.stack.split('\n').slice(0, STACK_LINES).join('\n')),
    cause: error.cause === undefined ? undefined : redact(error.cause, depth + 1),
  }
}
