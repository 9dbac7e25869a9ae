import { expect, test } from 'vitest'
import { adaptiveGate, each, type Pace } from './pool.ts'

const fine = (): Pace => 'fine'

/** Work that is done when it is told. */
function held() {
  const done: (() => void)[] = []
  let most = 0
  return {
    work: () => {
      const result = new Promise<void>(resolve => done.push(resolve))
      most = Math.max(most, done.length)
      return result
    },
    finish: async () => {
      done.shift()?.()
      for (let turn = 0; turn < 10; turn++) await Promise.resolve()
    },
    get running() {
      return done.length
    },
  }
}

test('no more run at a time than may, and all get their turn', async () => {
  const gate = adaptiveGate(3)
  const { work, finish, ...state } = held()
  const all = Promise.all(Array.from({ length: 10 }, () => gate.run(work, fine)))
  await Promise.resolve()
  expect(state.running).toBeLessThanOrEqual(3)
  for (let left = 10; left > 0; left--) await finish()
  await all
})

test('it halves once for all that ran at the old pace, and widens again', async () => {
  const gate = adaptiveGate(8)
  const run = (pace: Pace) =>
    gate.run(
      async () => {},
      () => pace,
    )
  await Promise.all(Array.from({ length: 8 }, () => run('too fast')))
  expect(gate.width).toBe(4)
  await run('too fast')
  expect(gate.width).toBe(2)
  for (let at = 0; at < 100; at++) await run('fine')
  expect(gate.width).toBe(8)
  for (let at = 0; at < 10; at++) await run('too fast')
  expect(gate.width).toBe(1)
})

test('work that fails lets the next in', async () => {
  const gate = adaptiveGate(1)
  const failed = gate.run(() => Promise.reject(new Error('no')), fine)
  const next = gate.run(async () => 'done', fine)
  await expect(failed).rejects.toThrow('no')
  expect(await next).toBe('done')
})

test('thousands in the queue are served in their order', async () => {
  const gate = adaptiveGate(4)
  const order: number[] = []
  await Promise.all(
    Array.from({ length: 5_000 }, (_, at) =>
      gate.run(async () => {
        order.push(at)
      }, fine),
    ),
  )
  expect(order).toEqual([...order].sort((a, b) => a - b))
})

test('each takes a bounded number at a time', async () => {
  let running = 0
  let most = 0
  await each(Array.from({ length: 50 }), 5, async () => {
    most = Math.max(most, ++running)
    await Promise.resolve()
    running--
  })
  expect(most).toBe(5)
})
