import 'server-only'
import { fileURLToPath } from 'node:url'

/** The folder of package.json, wherever the command was typed. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '')
