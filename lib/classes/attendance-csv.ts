import { type Comer, isLate, type Misser } from './turnout'

/** Excel takes a file for UTF-8 only when it begins so. */
const BYTE_ORDER_MARK = '\uFEFF'

/**
 * RFC 4180: lines end in CRLF, and a field with a quote, comma or line break is quoted. A field that a spreadsheet would run as a formula
 * is shown as the text it is.
 */
const field = (value: string): string => {
  const text = /^[\t\r ]*[=+\-@]/.test(value) || /^[\t\r]/.test(value) ? `'${value}` : value
  return /["\r\n,]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Who came, how long, and who paid. There is no heart rate in it, whoever shared one. */
export function attendanceCsv({ came, missed }: { readonly came: readonly Comer[]; readonly missed: readonly Misser[] }): string {
  const rows = [
    ['name', 'minutes present', 'attendance', 'paid'],
    ...came.map((one) => [one.name, String(Math.round(one.presentSeconds / 60)), isLate(one) ? 'late' : 'came', one.paid ? 'yes' : 'no']),
    ...missed.map(({ name }) => [name, '0', 'missed', 'no']),
  ]
  return `${BYTE_ORDER_MARK}${rows.map((row) => `${row.map(field).join(',')}\r\n`).join('')}`
}
