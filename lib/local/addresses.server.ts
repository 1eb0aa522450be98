import 'server-only'
import { hostname, networkInterfaces } from 'node:os'

/** Interfaces of containers and virtual machines: real, but no phone is on them. */
const VIRTUAL = /^(docker|br-|veth|virbr|vmnet|vboxnet|utun|tun|tap|zt|cni|flannel|podman)/i

/** This machine's IPv4 addresses that other devices may reach, the likeliest home network first. */
export function lanAddresses(): string[] {
  const found = Object.entries(networkInterfaces()).flatMap(([name, entries = []]) =>
    entries.filter((entry) => entry.family === 'IPv4' && !entry.internal && !entry.address.startsWith('169.254.')).map(({ address }) => ({ name, address })),
  )
  return found.sort((a, b) => rank(a) - rank(b)).map(({ address }) => address)
}

function rank({ name, address }: { name: string; address: string }): number {
  if (VIRTUAL.test(name)) return 3
  if (address.startsWith('192.168.')) return 0
  return address.startsWith('10.') || /^172\.(1[6-9]|2\d|3[01])\./.test(address) ? 1 : 2
}

/** The names under which this machine may be opened from its own network. */
export function lanNames(): string[] {
  const own = hostname().toLowerCase().replace(/\.local$/, '')
  return /^[a-z0-9-]{1,63}$/.test(own) ? ['localhost', own, `${own}.local`] : ['localhost']
}
