import { expect, test } from 'vitest'
import { z } from 'zod'
import { createApi } from './api.client'

type Sent = { url: string; init: RequestInit }
function answering(status: number, body: string) {
  const sent: Sent[] = []
  const api = createApi(async (url, init) => {
    sent.push({ url: String(url), init: init ?? {} })
    return new Response(body, { status })
  })
  return { api, sent }
}

test('sends same-origin JSON and hands back what was asked for', async () => {
  const { api, sent } = answering(200, '{"classId":"cls_1","more":true}')
  expect(await api('POST', '/api/series', { body: { title: 'Spin' }, reply: z.object({ classId: z.string() }), keepalive: true })).toEqual({
    classId: 'cls_1',
  })
  expect(sent[0]?.url).toBe('/api/series')
  expect(sent[0]?.init).toMatchObject({ method: 'POST', body: '{"title":"Spin"}', credentials: 'same-origin', keepalive: true })
})

test('a refusal is the server’s own sentence, with its fields', async () => {
  const { api } = answering(
    400,
    JSON.stringify({ error: { code: 'invalid_input', message: 'Say a title.', fields: { title: 'is empty' } }, requestId: 'req_1' }),
  )
  await expect(api('POST', '/api/series', { body: {} })).rejects.toMatchObject({
    code: 'invalid_input',
    status: 400,
    message: 'Say a title.',
    fields: { title: 'is empty' },
  })
})

test('no network, a proxy’s page and an unknown answer are told apart from a refusal', async () => {
  const cut = createApi(() => Promise.reject(new TypeError('Failed to fetch')))
  await expect(cut('GET', '/api/time')).rejects.toMatchObject({ code: 'unavailable' })
  await expect(answering(502, '<html>Bad gateway</html>').api('GET', '/api/time')).rejects.toMatchObject({ code: 'unavailable' })
  await expect(answering(200, '{"then":1}').api('GET', '/api/time', { reply: z.object({ now: z.number() }) })).rejects.toMatchObject({
    code: 'unavailable',
  })
})
