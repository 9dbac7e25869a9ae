/** What was compared, and how it ended. */
export interface Tally {
  pass(): void
  fail(difference: string): void
  say(line: string): void
}

export function tally(write: (line: string) => void): Tally & { close(): number } {
  let passed = 0
  let failed = 0
  return {
    pass: () => {
      passed += 1
    },
    fail: difference => {
      failed += 1
      write(`✗ ${difference}`)
    },
    say: write,
    /** Nothing compared is a failure. */
    close: () => {
      if (passed + failed === 0) failed = 1
      write(`Tests  ${passed} passed, ${failed} failed`)
      return failed === 0 ? 0 : 1
    },
  }
}
