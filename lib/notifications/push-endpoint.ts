/**
 * Whether we may send to the address that a browser gave as its push service's. Anybody may claim any address, so it must be a public
 * name over https, without a port or a password of its own: not an address in numbers, and no name of a home or company network. What a
 * public name resolves to is looked at when the connection is made (`web-push.server.ts`). `privateHosts` are the exceptions.
 */
export function isPushEndpoint(endpoint: string, privateHosts: string): boolean {
  if (!URL.canParse(endpoint)) return false
  const { protocol, hostname, port, username, password } = new URL(endpoint)
  if (username !== '' || password !== '') return false
  if (isPrivateHost(hostname, privateHosts)) return protocol === 'https:' || protocol === 'http:'
  return protocol === 'https:' && port === '' && isPublicName(hostname)
}

export const isPrivateHost = (hostname: string, privateHosts: string): boolean =>
  privateHosts.split(',').some((host) => host.trim() !== '' && host.trim().toLowerCase() === hostname)

/** URL parsing has turned every spelling of an IPv4 address into dotted numbers, and put brackets around IPv6. */
const isPublicName = (hostname: string): boolean =>
  /^([a-z0-9-]+\.)+[a-z][a-z0-9-]*$/.test(hostname) && !/\.(local|localhost|lan|home|internal|intranet|private|corp|test|arpa|onion)$/.test(hostname)

/** An address of this machine, of a private network, or of nobody: whatever name it came by, no push service is there. */
export function isPrivateAddress(address: string): boolean {
  const v4 = /^(?:::ffff:)?(\d+)\.(\d+)\.\d+\.\d+$/i.exec(address)
  if (v4) {
    const [a, b] = [Number(v4[1]), Number(v4[2])]
    if ([0, 10, 127].includes(a) || a >= 224) return true
    return (a === 100 && b >= 64 && b < 128) || (a === 169 && b === 254) || (a === 172 && b >= 16 && b < 32) || (a === 192 && (b === 168 || b === 0)) || (a === 198 && (b === 18 || b === 19))
  }
  // Global unicast is 2000::/3; of it, 2002:: and 64:ff9b:: style embeddings would carry an IPv4 address past the check above.
  return !/^[23][0-9a-f]{3}:/i.test(address) || /^2002:/i.test(address)
}
