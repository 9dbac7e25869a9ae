import { type Severity, severities } from '../finding.ts'
import type { Path } from '../resource.ts'

/** What METADATA or a sidecar says of a rule; what is left out is taken from further out. */
export interface Card {
  readonly id?: string
  readonly title?: string
  readonly severity?: Severity
  readonly description?: string
  readonly remediation?: string
  readonly url?: string
  readonly frameworks?: Readonly<Record<string, readonly string[]>>
}

/** Something wrong with a card, at a path of it. */
export interface CardMistake {
  readonly path: Path
  readonly message: string
}

type Fields = { readonly [name: string]: unknown }

/** Reads METADATA in OPA's fields; what is Batten's own stands under `custom`. */
export function cardOfMetadata(fields: Fields): { card: Card; mistakes: readonly CardMistake[] } {
  const custom = isFields(fields.custom) ? fields.custom : {}
  const related = Array.isArray(fields.related_resources) ? fields.related_resources : []
  const refs = related.flatMap(each => (isFields(each) && text(each.ref) ? [text(each.ref)] : []))
  const read = reader('custom')
  return {
    card: given({
      id: text(custom.id),
      title: text(fields.title),
      severity: read.severity(custom.severity),
      description: text(fields.description),
      remediation: text(custom.remediation) ?? text(custom.recommended_action),
      url: text(custom.url) ?? refs[0],
      frameworks: read.frameworks(custom.frameworks),
    }),
    mistakes: read.mistakes,
  }
}

/** What a sidecar may say. */
export const settings = [
  'id',
  'title',
  'severity',
  'description',
  'remediation',
  'url',
  'frameworks',
  'rules',
] as const

/** Reads a sidecar: the card of the file's rules, and of single rules under `rules`. */
export function cardsOfSidecar(value: unknown): {
  readonly whole: Card
  readonly rules: ReadonlyMap<string, Card>
  readonly mistakes: readonly CardMistake[]
} {
  const mistakes: CardMistake[] = []
  const whole = cardIn(value, [], mistakes)
  const rules = new Map<string, Card>()
  const inner = isFields(value) ? value.rules : undefined
  if (isFields(inner))
    for (const [name, each] of Object.entries(inner))
      rules.set(name, cardIn(each, ['rules', name], mistakes))
  else if (inner !== undefined && inner !== null)
    mistakes.push({
      path: ['rules'],
      message: "'rules' maps names of rules to what is said of them",
    })
  return { whole, rules, mistakes }
}

function cardIn(value: unknown, path: Path, mistakes: CardMistake[]): Card {
  if (!isFields(value)) {
    mistakes.push({ path, message: 'is a map of id, title, severity …' })
    return {}
  }
  for (const name of Object.keys(value))
    if (!settings.some(each => each === name))
      mistakes.push({ path: [...path, name], message: `unknown setting '${name}'` })
  const read = reader(...path)
  const card = given({
    id: text(value.id),
    title: text(value.title),
    severity: read.severity(value.severity),
    description: text(value.description),
    remediation: text(value.remediation),
    url: text(value.url),
    frameworks: read.frameworks(value.frameworks),
  })
  mistakes.push(...read.mistakes)
  return card
}

function reader(...at: Path) {
  const mistakes: CardMistake[] = []
  return {
    mistakes,
    severity(value: unknown): Severity | undefined {
      if (value === undefined || value === null) return undefined
      const severity = severityOf(value)
      if (severity !== null) return severity
      const message = `severity '${String(value)}' is none of ${severities.join(', ')}`
      mistakes.push({ path: [...at, 'severity'], message })
      return undefined
    },
    frameworks(value: unknown): Card['frameworks'] {
      if (value === undefined || value === null) return undefined
      const entries = isFields(value) ? Object.entries(value) : []
      if (isFields(value) && entries.every(([, list]) => isRequirements(list)))
        return Object.fromEntries(
          entries
            .map(([name, list]) => [name, texts(list)] as const)
            .filter(([, list]) => list.length > 0),
        )
      const message = 'frameworks map a framework to a list of its requirements'
      mistakes.push({ path: [...at, 'frameworks'], message })
      return undefined
    },
  }
}

/** In any case; `info` and `moderate` are what others say. */
export function severityOf(value: unknown): Severity | null {
  if (typeof value !== 'string') return null
  const lower = value.trim().toLowerCase()
  const word = lower === 'info' ? 'informational' : lower === 'moderate' ? 'medium' : lower
  return severities.find(severity => severity === word) ?? null
}

/** One or several, or none: Trivy's checks have `default: [null]`. */
function isRequirements(value: unknown): boolean {
  const list = Array.isArray(value) ? value : [value]
  return list.every(each => each === null || ['string', 'number'].includes(typeof each))
}

function texts(value: unknown): readonly string[] {
  const list = Array.isArray(value) ? value : [value]
  return list.flatMap(each =>
    typeof each === 'string' || typeof each === 'number' ? [String(each)] : [],
  )
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}

/** Without what is undefined, so that one card can be laid over another. */
function given(card: { readonly [K in keyof Card]: Card[K] | undefined }): Card {
  return Object.fromEntries(Object.entries(card).filter(([, value]) => value !== undefined))
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
