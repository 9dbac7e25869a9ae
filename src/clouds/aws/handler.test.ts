import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { HttpRequest } from '@smithy/types'
import { expect, onTestFinished, test } from 'vitest'
import { failureOf, Implausible } from './failure.ts'
import { hardenedHandler } from './handler.ts'

const page = '<!DOCTYPE html>\n<html><title>Sign in</title></html>'

test('JSON is JSON, even if it is called HTML', async () => {
  const answer = await ask(200, 'text/html; charset=utf-8', '\n{"Keys": []}')
  expect(answer.statusCode).toBe(200)
})

test.each([
  ['text/html', page],
  ['text/html', 'Sign in'],
  ['application/xml', page],
  ['application/json', `<?xml version="1.0"?>\n${page}`],
])('a page is no answer: %s %s', async (type, body) => {
  await expect(ask(200, type, body)).rejects.toBeInstanceOf(Implausible)
  await expect(ask(404, type, body)).rejects.toThrow('answered 404 with a web page')
})

test('a page from a server in trouble is worth another try', async () => {
  const error: unknown = await ask(502, 'text/html', page).catch(reason => reason)
  expect(error).toMatchObject({ $retryable: {}, $metadata: { httpStatusCode: 502 } })
  expect(failureOf(error)).toMatchObject({ kind: 'unreachable' })
  expect(failureOf(error).message).toContain('answered 502 with a web page')
})

async function ask(status: number, type: string, body: string) {
  const server = createServer((_, response) => {
    response.writeHead(status, { 'content-type': type, 'x-amzn-requestid': 'r' })
    response.end(body)
  }).listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  const handler = hardenedHandler(
    { connectMs: 1_000, requestMs: 5_000 },
    AbortSignal.timeout(5_000),
  )
  onTestFinished(() => {
    handler.destroy()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const request: HttpRequest = {
    protocol: 'http:',
    hostname: '127.0.0.1',
    port,
    method: 'POST',
    path: '/',
    query: {},
    headers: { 'x-amz-target': 'TrentService.ListKeys' },
  }
  return (await handler.handle(request)).response
}
