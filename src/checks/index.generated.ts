// Written by `npm run generate`.
import type { CheckFile } from '../engine/select.ts'

export const files: readonly CheckFile[] = []
