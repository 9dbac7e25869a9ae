import { expect, test } from 'vitest'
import { type Lazy, lazyMaker } from './lazy.ts'

test('a chain of any length is computed, each link once', () => {
  const lazy = lazyMaker()
  let runs = 0
  const links: Lazy<number>[] = []
  for (let i = 0; i < 20_000; i++) {
    links.push(
      lazy(
        () => {
          const before = i === 0 ? 0 : (links[i - 1]?.get() ?? Number.NaN)
          runs++
          return before + 1
        },
        () => Number.NaN,
      ),
    )
  }
  expect(links.at(-1)?.get()).toBe(20_000)
  expect(runs).toBe(20_000)
})

test('a cycle is answered, short or long', () => {
  for (const length of [1, 2, 47, 48, 49, 1000]) {
    const lazy = lazyMaker()
    let cycles = 0
    const links: Lazy<string>[] = []
    for (let i = 0; i < length; i++) {
      links.push(
        lazy(
          () => links[(i + 1) % length]?.get() ?? '',
          () => {
            cycles++
            return 'cycle'
          },
        ),
      )
    }
    expect(links[0]?.get()).toBe('cycle')
    expect(cycles).toBe(1)
  }
})

test('an error leaves the value to be asked for again', () => {
  const lazy = lazyMaker()
  let broken = true
  const value = lazy(
    () => {
      if (broken) throw new Error('not yet')
      return 1
    },
    () => 0,
  )
  expect(() => value.get()).toThrow('not yet')
  broken = false
  expect(value.get()).toBe(1)
})
