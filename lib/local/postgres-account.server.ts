import 'server-only'
import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'

/** Who PostgreSQL runs as: it refuses uid 0, so root's runs as `nobody`. Undefined: as ourselves. */
export interface Account {
  readonly uid: number
  readonly gid: number
}

/** `id` knows: `nobody` is 65534 on Linux and 4294967294 on macOS. */
function idOfNobody(flag: '-u' | '-g'): number {
  const { status, stdout } = spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' })
  const id = Number(stdout)
  return status === 0 && Number.isInteger(id) ? id >>> 0 : 65534
}

/**
 * Undefined unless we are root. Files that an ordinary user made before stay that user's: a later start as root runs PostgreSQL as their
 * owner, so that both kinds of start keep working on one folder.
 */
export function postgresAccount(existingCluster: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const owner = statSync(existingCluster, { throwIfNoEntry: false })
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  return { uid: idOfNobody('-u'), gid: idOfNobody('-g') }
}

/** Whether that account can enter a folder. Asked of the kernel, because modes alone do not tell about parents, ACLs and mounts. */
export function canEnter(folder: string, account: Account | undefined): boolean {
  return spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], { cwd: '/', stdio: 'ignore', ...account }).status === 0
}
