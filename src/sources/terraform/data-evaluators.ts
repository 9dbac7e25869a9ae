import type { DataEvaluator } from '../../lang/hcl/module/data-source.ts'

/** Data sources whose answer needs no cloud. */
export const dataEvaluators: ReadonlyMap<string, DataEvaluator> = new Map()
