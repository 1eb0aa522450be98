import 'server-only'
import { createHash, randomBytes } from 'node:crypto'
import { accessSync, chownSync, constants, existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, readlinkSync, realpathSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { AppError } from '@/lib/platform/app-error'
import { type Account, canEnter, postgresAccount } from './postgres-account.server'
import { SYSTEM_FOLDER } from './postgres-binaries.server'

/** Where one PostgreSQL keeps its files, and as whom it runs. */
export interface PostgresFolder {
  readonly path: string
  readonly cluster: string
  readonly log: string
  readonly password: string
  readonly account: Account | undefined
  readonly note?: string
}

/**
 * `<dataDir>/postgres`, made when it is not there. For root, a folder that `nobody` could not reach lies under /var/lib/pulseroom instead,
 * linked from `<dataDir>`; the note says so.
 * @throws AppError when the link leads nowhere, the files are another user's, or the password of existing data is gone.
 */
export function openPostgresFolder(dataDir: string): PostgresFolder {
  const root = process.getuid?.() === 0
  mkdirSync(dataDir, { recursive: true, mode: root ? 0o711 : 0o700 })
  const home = join(dataDir, 'postgres')
  const link = lstatSync(home, { throwIfNoEntry: false })
  if (link?.isSymbolicLink() && !existsSync(home)) {
    throw new AppError('unavailable', `${home} leads to ${readlinkSync(home)}, which is gone: bring it back, or delete the link to start with an empty database.`)
  }
  const account = postgresAccount(join(home, 'cluster'))
  if (!link && account && !canEnter(dataDir, account)) {
    mkdirSync(SYSTEM_FOLDER, { recursive: true, mode: 0o755 })
    const { ino, birthtimeMs } = statSync(dataDir) // a new `.data` in an old place is not given the old one's rows
    const elsewhere = join(SYSTEM_FOLDER, createHash('sha256').update(`${realpathSync(dataDir)} ${ino} ${birthtimeMs}`).digest('hex').slice(0, 16))
    mkdirSync(elsewhere, { recursive: true, mode: 0o700 })
    symlinkSync(elsewhere, home)
  }
  mkdirSync(home, { recursive: true, mode: 0o700 })
  const path = realpathSync(home)
  const cluster = join(path, 'cluster')
  if (account) giveTo(path, account)
  const password = readOrMakePassword(join(path, 'password'), cluster, account)
  const moved = path !== join(realpathSync(dataDir), 'postgres')
  return {
    path,
    cluster,
    log: join(path, 'log'),
    password,
    account,
    ...(moved && { note: `PostgreSQL's files are in ${path}, linked from ${home}, because only root may enter ${dataDir}` }),
  }
}

function readOrMakePassword(file: string, cluster: string, account: Account | undefined): string {
  try {
    accessSync(dirname(file), constants.R_OK | constants.W_OK | constants.X_OK)
    if (existsSync(file)) return readFileSync(file, 'utf8').trim()
  } catch {
    throw new AppError('unavailable', `The database in ${dirname(file)} belongs to another user (was it first started as root?): start as that user, or change its owner.`)
  }
  if (existsSync(cluster)) {
    throw new AppError('unavailable', `The database in ${cluster} has lost its password file ${file}: put it back from a copy, or move ${cluster} away to start empty.`)
  }
  const password = randomBytes(24).toString('hex')
  writeFileSync(file, password, { mode: 0o600 })
  if (account) chownSync(file, account.uid, account.gid)
  return password
}

/** Files that root restored from a copy are root's; PostgreSQL accepts only its own. */
function giveTo(path: string, account: Account): void {
  if (statSync(path).uid === account.uid) return
  chownSync(path, account.uid, account.gid)
  for (const entry of readdirSync(path, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) chownSync(join(entry.parentPath, entry.name), account.uid, account.gid)
  }
}
