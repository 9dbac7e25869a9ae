import { setFlagsFromString } from 'node:v8'

/**
 * Of a machine with much memory, V8 takes several times what it needs before it cleans up: thousands of answers that
 * nobody holds any more. To be called before they come.
 */
export function growHeapSlowly(): void {
  setFlag('--heap-growing-percent=70', [20, 22, 24])
}

/**
 * What lives for a fraction of a second is ended before V8 has optimised it, and that costs as much again: it has to
 * see a function this much longer first.
 */
export function compileLater(): void {
  setFlag('--interrupt-budget=1200000', [20])
  // Nor does the heap grow so large that marking it by and by, and beside the program, is worth the trouble.
  setFlag('--no-incremental-marking', [20])
  setFlag('--no-parallel-scavenge', [20])
}

/** Only where it was tried: V8 complains on standard error of a flag that it does not know. */
function setFlag(flag: string, majors: readonly number[]): void {
  if (majors.includes(Number.parseInt(process.versions.node, 10))) setFlagsFromString(flag)
}
