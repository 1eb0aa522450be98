import type { Teller } from './box.server'

/** Progress as lines of plain text: what takes long is named before it is done, so that nobody wonders. */
export function createTeller(say: (text: string) => void): Teller {
  return {
    async step(name, work, words) {
      const begin = performance.now()
      const slow = setTimeout(() => say(`  ${name.padEnd(10)} …`), 1_500)
      try {
        const result = await work()
        say(`  ${name.padEnd(10)} ${((performance.now() - begin) / 1_000).toFixed(1)} s  ${words?.(result) ?? ''}`.trimEnd())
        return result
      } finally {
        clearTimeout(slow)
      }
    },
    note: (text) => say(`             ${text}`),
    mail: ({ to, subject, link, code }) => say([`  mail to ${to}: ${subject}`, link && `    ${link}`, code && `    code ${code}`].filter(Boolean).join('\n')),
    line: (text) => say(text),
  }
}
