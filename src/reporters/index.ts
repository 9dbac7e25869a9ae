import type { Reporter } from '../report.ts'

/** A format's file is loaded when somebody asks for it. */
const reporters = {
  json: () => import('./json.ts'),
  ndjson: () => import('./ndjson.ts'),
  csv: () => import('./csv.ts'),
  html: () => import('./html.ts'),
  sarif: () => import('./sarif.ts'),
  junit: () => import('./junit.ts'),
  markdown: () => import('./markdown.ts'),
  table: () => import('./table.ts'),
} satisfies Record<string, () => Promise<{ readonly default: Reporter }>>

export type Format = keyof typeof reporters

export const formats: readonly Format[] = Object.keys(reporters).filter(isFormat)

export function isFormat(name: string): name is Format {
  return Object.hasOwn(reporters, name)
}

/** @example (await loadReporter('sarif')).render(report) */
export async function loadReporter(format: Format): Promise<Reporter> {
  return (await reporters[format]()).default
}
