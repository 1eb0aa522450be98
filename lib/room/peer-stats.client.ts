export type PeerStats = {
  readonly framesDecoded: number
  readonly screenFramesDecoded: number
  readonly audioPackets: number
  readonly roundTripMs: number | null
  /** How the nominated pair leaves this machine: host, srflx, prflx or relay. */
  readonly path: string | null
}

export async function readStats(pc: RTCPeerConnection, screenMid: string | null): Promise<PeerStats> {
  let framesDecoded = 0
  let screenFramesDecoded = 0
  let audioPackets = 0
  let roundTripMs: number | null = null
  let path: string | null = null
  const report = new Map<string, Readonly<Record<string, unknown>>>()
  ;(await pc.getStats()).forEach((value: { id: string }) => report.set(value.id, { ...value }))
  for (const one of report.values()) {
    if (one.type === 'inbound-rtp' && one.kind === 'video') {
      const decoded = Number(one.framesDecoded ?? 0)
      if (one.mid !== undefined && one.mid === screenMid) screenFramesDecoded += decoded
      else framesDecoded += decoded
    }
    if (one.type === 'inbound-rtp' && one.kind === 'audio') audioPackets += Number(one.packetsReceived ?? 0)
    if (one.type === 'candidate-pair' && one.nominated === true && one.state === 'succeeded') {
      if (typeof one.currentRoundTripTime === 'number') roundTripMs = one.currentRoundTripTime * 1_000
      const type = report.get(String(one.localCandidateId))?.candidateType
      path = typeof type === 'string' ? type : path
    }
  }
  return { framesDecoded, screenFramesDecoded, audioPackets, roundTripMs, path }
}
