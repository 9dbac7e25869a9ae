import type { Compilation } from './unit.ts'

export function expandMetadata(_context: Compilation): void {}
