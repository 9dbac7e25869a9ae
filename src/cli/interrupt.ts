/** What an interrupt does from now on; the newest answer stands. */
export function onInterrupt(act: () => void): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.removeAllListeners(signal)
    process.once(signal, act)
  }
}

/** Nothing to save yet, or no longer. */
export function leave(): never {
  process.exit(130)
}
