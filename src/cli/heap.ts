import { setFlagsFromString } from 'node:v8'

/**
 * Of a machine with much memory, V8 takes several times what it needs before it cleans up: thousands of answers that
 * nobody holds any more. To be called before they come.
 */
export function growHeapSlowly(): void {
  setFlagsFromString('--heap-growing-percent=70')
}
