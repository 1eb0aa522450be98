/** As Node gives them: lower-cased names. */
type Headers = Record<string, string | string[] | undefined>

/** A Host header that is one, or nothing: it ends up in pages and links. */
export const publicAddress = (host: string | undefined): string | undefined => (host !== undefined && /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(:\d{1,5})?$/i.test(host) ? host : undefined)

/**
 * The headers for the application: who asked, by which name and over what. What the client itself claims about that is dropped, except that
 * behind a proxy of ours (`behind`) the last address it wrote down is the client's.
 */
export function forwardedHeaders(headers: Headers, connection: { address: string; secure: boolean; behind?: string | undefined }): Headers {
  const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => !/^(x-forwarded-|forwarded$|x-real-ip$)/.test(name)))
  const claimed = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',').at(-1)?.trim()
  const address = connection.behind !== undefined && claimed ? claimed : connection.address.replace(/^::ffff:/, '')
  const behind = connection.behind === undefined ? undefined : new URL(connection.behind)
  const host = behind?.host ?? publicAddress([headers.host ?? []].flat()[0]) ?? 'localhost'
  return {
    ...kept,
    host,
    'x-forwarded-for': address,
    'x-forwarded-host': host,
    'x-forwarded-proto': behind?.protocol.slice(0, -1) ?? (connection.secure ? 'https' : 'http'),
  }
}
