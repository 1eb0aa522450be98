import { expect, test } from 'vitest'
import { type CandidateKind, pathVerdict } from './path-verdict'

test.each<[CandidateKind[], boolean, unknown]>([
  [['host', 'srflx', 'relay'], true, { outcome: 'direct', relay: true }],
  [['host', 'srflx'], true, { outcome: 'direct', relay: false }],
  [['host', 'relay'], true, { outcome: 'relay_only' }],
  [['host'], true, { outcome: 'shut' }],
  [['host'], false, { outcome: 'near' }],
  [[], false, { outcome: 'none' }],
])('%j, asked outside: %s', (found, asked, verdict) => {
  expect(pathVerdict({ found: new Set(found), asked })).toEqual(verdict)
})
