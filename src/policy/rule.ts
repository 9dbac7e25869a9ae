import type { Severity } from '../finding.ts'
import type { Path } from '../resource.ts'

export type Kind = 'deny' | 'violation' | 'warn'

/** A rule that denies, as what it is: a check of the user's. */
export interface PolicyRule {
  /** METADATA's `custom.id`, else `<package>.<rule>`. */
  readonly id: string
  readonly kind: Kind
  /** Below `data`: the package's path and the rule's name. */
  readonly path: readonly string[]
  readonly title: string
  readonly severity: Severity
  /** Why it matters. */
  readonly description: string | null
  readonly remediation: string | null
  readonly url: string | null
  /** Framework → requirements. */
  readonly frameworks: Readonly<Record<string, readonly string[]>>
  readonly file: string
  readonly row: number
  /** What its definitions name of a resource, by `file:row`. */
  readonly attributes: ReadonlyMap<string, readonly Path[]>
  /** Resource types that it names, sorted. */
  readonly types: readonly string[]
  /** Whether it may read resources of other types, too. */
  readonly isOpen: boolean
  /** Names below `input`, where it reads only such as no scan gives. */
  readonly foreign: readonly string[]
  readonly provider: 'aws' | 'azure' | 'gcp'
  readonly service: string
}

/** What is wrong with a policy: the others run all the same. */
export interface PolicyProblem {
  readonly file: string
  readonly row: number
  readonly col: number
  /** OPA's, or `policy_error` for what only a policy has to keep to. */
  readonly code: string
  readonly message: string
}

/** `s3.rego:3:1: rego_parse_error: …` */
export function say({ file, row, col, code, message }: PolicyProblem): string {
  return `${file}:${row}:${col}: ${code}: ${message}`
}

const denying = /^(deny|violation|warn)(?:_\w+)?$/

export function kindOf(rule: string): Kind | null {
  const [, kind] = denying.exec(rule) ?? []
  return kind === 'deny' || kind === 'violation' || kind === 'warn' ? kind : null
}
