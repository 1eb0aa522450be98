import { AppError } from '@/lib/platform/app-error'

/** What the operating system said, told as one sentence that says what to do; undefined for what nobody foresaw. */
export function explainStart(error: unknown, where: { dataDir: string; port: number }): string | undefined {
  if (error instanceof AppError) return error.message
  if (!(error instanceof Error) || !('code' in error)) return undefined
  const path = 'path' in error && typeof error.path === 'string' ? error.path : where.dataDir
  switch (error.code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return `The disk that holds ${path} is full: free some space (500 MB is plenty), then start again; nothing that was saved is lost.`
    case 'EADDRINUSE':
      return portTaken(where.port).message
    case 'EACCES':
    case 'EPERM':
      return 'syscall' in error && error.syscall === 'listen'
        ? `Port ${where.port} needs more rights than you have: choose one above 1023: PORT=3000 npm start`
        : `You may not write to ${path}: choose another place (PULSEROOM_DATA=~/pulseroom npm start), or make it yours.`
    case 'EROFS':
      return `${path} is on a disk that cannot be written to: choose another place: PULSEROOM_DATA=~/pulseroom npm start`
    case 'ENOTDIR':
    case 'EEXIST':
      return `${path} cannot be used as a folder, because a file is in the way: move it, or choose another place with PULSEROOM_DATA.`
    default:
      return undefined
  }
}

export const portTaken = (port: number): AppError =>
  new AppError('conflict', `Port ${port} is taken by another program: stop it, or choose another port: PORT=${port === 65_535 ? 3_000 : port + 1} npm start`)
