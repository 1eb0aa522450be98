import 'server-only'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** The folder of package.json, wherever the command was typed. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '')
export const NEXT = join(ROOT, 'node_modules', 'next', 'dist', 'bin', 'next')
/** For a Node child with an `ipc` channel that must not outlive us. */
export const LEAVE_WITH_PARENT = ['--import', pathToFileURL(join(ROOT, 'lib', 'local', 'leave-with-parent.mjs')).href]
export const PARENT = { PULSEROOM_PARENT: String(process.pid) }
