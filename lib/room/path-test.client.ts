import type { CandidateKind, PathFacts } from './path-verdict'

/** A server that never answers is as good as none. */
const GATHER_MS = 6_000
const KINDS: readonly string[] = ['host', 'srflx', 'prflx', 'relay'] satisfies CandidateKind[]

/** The addresses under which this screen could be reached now: the same search that every connection of a class begins with. */
export async function findPaths(iceServers: readonly RTCIceServer[]): Promise<PathFacts> {
  const found = new Set<CandidateKind>()
  const pc = new RTCPeerConnection({ iceServers: [...iceServers] })
  try {
    const done = new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, GATHER_MS)
      pc.onicecandidate = ({ candidate }) => {
        if (candidate?.type && isKind(candidate.type)) found.add(candidate.type)
        if (candidate) return
        clearTimeout(timer)
        resolve()
      }
    })
    pc.createDataChannel('path')
    await pc.setLocalDescription()
    await done
  } finally {
    pc.close()
  }
  return { found, asked: iceServers.length > 0 }
}

const isKind = (type: string): type is CandidateKind => KINDS.includes(type)
