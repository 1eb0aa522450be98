/** What a person at the terminal needs from a caught mail. */
export interface MailFound {
  readonly link?: string
  readonly code?: string
}

/** The first link and the first six-digit code that stands alone; digits inside links do not count. */
export function findInMail(text: string): MailFound {
  const link = /https?:\/\/[^\s<>"')\]]+/.exec(text)?.[0]?.replace(/[.,;:!?]+$/, '')
  const code = /(?<![\d.,:/-])\d{6}(?![\d/-])/.exec(text.replace(/https?:\/\/\S+/g, ' '))?.[0]
  return { ...(link !== undefined && { link }), ...(code !== undefined && { code }) }
}
