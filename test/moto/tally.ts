/** What was compared, and how it ended. */
export interface Tally {
  pass(): void
  fail(difference: string): void
  say(line: string): void
}

export interface Counted extends Tally {
  readonly lines: readonly string[]
  readonly passed: number
  readonly failed: number
}

export function tally(): Counted {
  const lines: string[] = []
  let passed = 0
  let failed = 0
  return {
    lines,
    get passed() {
      return passed
    },
    get failed() {
      return failed
    },
    pass: () => {
      passed += 1
    },
    fail: difference => {
      failed += 1
      lines.push(`✗ ${difference}`)
    },
    say: line => {
      lines.push(line)
    },
  }
}
