import { AppError } from '@/lib/platform/app-error'

/** What is known when PostgreSQL did not start, or ended. */
export interface PostgresTrouble {
  readonly folder: string
  readonly logFile: string
  /** The end of what it wrote. */
  readonly log: string
  readonly port?: number
  /** It had been working before. */
  readonly ran?: boolean
}

/** The server's own log, told as one sentence that says what to do. */
export function explainPostgres({ folder, logFile, log, port, ran = false }: PostgresTrouble): AppError {
  if (/No space left on device|Disk quota exceeded/.test(log)) {
    return new AppError('unavailable', `The disk that holds ${folder} is full: free some space (500 MB is plenty), then start again; nothing that was saved is lost.`)
  }
  if (/Address already in use/.test(log)) {
    return new AppError('conflict', `Port ${port ?? ''} is taken by another program, so PostgreSQL cannot start: stop that program or choose another port.`)
  }
  if (/was initialized by PostgreSQL version/.test(log)) {
    return new AppError('unavailable', `The database in ${folder} was made by another version of PostgreSQL: go back to the Pulseroom that made it, or move the folder away to start empty.`)
  }
  if (/Permission denied|has wrong ownership|has invalid permissions|must be owned by/.test(log)) {
    return new AppError('unavailable', `PostgreSQL may not use its files in ${folder} (${lastWords(log)}): give the folder back to the user who starts Pulseroom.`)
  }
  if (ran) return new AppError('unavailable', `PostgreSQL ended by itself (${lastWords(log)}): start again; what was saved is in ${folder}. Details: ${logFile}`)
  return new AppError(
    'unavailable',
    `The database in ${folder} does not start (${lastWords(log)}): put a copy of that folder back, or move it away to start with an empty database. Details: ${logFile}`,
  )
}

/** The last complaint, without time and process id. */
function lastWords(log: string): string {
  const complaints = [...log.matchAll(/(?:FATAL|PANIC|error):\s+(.+)/g)]
  return complaints.at(-1)?.[1]?.trim() ?? 'it ended without a word'
}
