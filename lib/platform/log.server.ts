import 'server-only'
import pino from 'pino'
import { logLevel } from './env.server'
import { redact } from './log-redaction'

type Fields = Readonly<Record<string, unknown>>

const root = pino({
  name: 'pulseroom',
  level: logLevel(),
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  // `redact` has made plain data of errors already.
  serializers: { err: (error: unknown) => error },
})

/** Structured lines to standard output. Every field passes `redact` first. */
export const log = {
  info: (fields: Fields, message: string) => root.info(redact(fields), message),
  warn: (fields: Fields, message: string) => root.warn(redact(fields), message),
  error: (fields: Fields, message: string) => root.error(redact(fields), message),
}
