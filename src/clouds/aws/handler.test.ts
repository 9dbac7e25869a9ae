import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { HttpRequest } from '@smithy/types'
import { expect, onTestFinished, test, vi } from 'vitest'
import { UserError } from '../../errors.ts'
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

test('a change is answered with nothing, whatever that is called; a read is not', async () => {
  const change = { method: 'PUT', headers: {} }
  expect((await ask(200, 'text/html', '', change)).statusCode).toBe(200)
  await expect(ask(403, 'text/html', '', change)).rejects.toThrow('403 with a web page')
  await expect(ask(200, 'text/html', '', { ...change, method: 'GET' })).rejects.toThrow('nothing')
})

test('a page from a server in trouble is worth another try', async () => {
  const error: unknown = await ask(502, 'text/html', page).catch(reason => reason)
  expect(error).toMatchObject({ $retryable: {}, $metadata: { httpStatusCode: 502 } })
  expect(failureOf(error)).toMatchObject({ kind: 'unreachable' })
  expect(failureOf(error).message).toContain('answered 502 with a web page')
})

test('a body without an end is cut, and is no answer', async () => {
  let isClosed = false
  const server = createServer((request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'x-amzn-requestid': 'r' })
    const more = () => void (response.writable && response.write(Buffer.alloc(65_536, 32), more))
    request.socket.once('close', () => {
      isClosed = true
    })
    more()
  }).listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  const handler = hardenedHandler({ ...limits, mostBytes: 1 << 20 }, AbortSignal.timeout(5_000))
  onTestFinished(() => {
    handler.destroy()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const error: unknown = await handler.handle({ ...request, port }).catch(reason => reason)
  expect(error).toBeInstanceOf(Implausible)
  expect(failureOf(error)).toMatchObject({ message: 'the answer has more than 1048576 bytes' })
  await expect.poll(() => isClosed).toBe(true)
})

test('HTTPS goes through the proxy that the environment names, but for what NO_PROXY names', async () => {
  const asked: string[] = []
  const proxy = createServer().listen(0, '127.0.0.1')
  proxy.on('connect', ({ url }, socket) => {
    asked.push(url ?? '')
    socket.end('HTTP/1.1 403 no such place for you\r\n\r\n')
  })
  await new Promise(resolve => proxy.once('listening', resolve))
  const { port } = proxy.address() as AddressInfo
  vi.stubEnv('HTTPS_PROXY', `127.0.0.1:${port}`)
  vi.stubEnv('NO_PROXY', '.direct.invalid')
  const handler = hardenedHandler(limits, AbortSignal.timeout(5_000))
  onTestFinished(() => {
    vi.unstubAllEnvs()
    handler.destroy()
    proxy.close()
  })
  const call = (hostname: string) =>
    handler.handle({ ...request, protocol: 'https:', hostname, port: 443 })
  await expect(call('sts.invalid')).rejects.toThrow('proxy of HTTPS_PROXY answered 403')
  await expect(call('sts.direct.invalid')).rejects.toThrow(/ENOTFOUND|EAI_AGAIN/)
  expect(asked).toEqual(['sts.invalid:443'])
})

test('a proxy without an address is the user’s mistake, and is not repeated', async () => {
  vi.stubEnv('HTTPS_PROXY', 'http://somebody:hunter2@:x')
  onTestFinished(() => void vi.unstubAllEnvs())
  const handler = hardenedHandler(limits, AbortSignal.timeout(5_000))
  const asking = handler.handle({ ...request, protocol: 'https:', hostname: 'sts.invalid' })
  await expect(asking).rejects.toThrow(new UserError('HTTPS_PROXY is not an address'))
})

const limits = { connectMs: 1_000, requestMs: 5_000 }
const request: HttpRequest = {
  protocol: 'http:',
  hostname: '127.0.0.1',
  method: 'POST',
  path: '/',
  query: {},
  headers: { 'x-amz-target': 'TrentService.ListKeys' },
}

async function ask(status: number, type: string, body: string, more: Partial<HttpRequest> = {}) {
  const server = createServer((_, response) => {
    response.writeHead(status, { 'content-type': type, 'x-amzn-requestid': 'r' })
    response.end(body)
  }).listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  const handler = hardenedHandler(limits, AbortSignal.timeout(5_000))
  onTestFinished(() => {
    handler.destroy()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return (await handler.handle({ ...request, ...more, port })).response
}
