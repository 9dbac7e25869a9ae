import { isNode, LineCounter, parseDocument } from 'yaml'
import type { Path } from '../resource.ts'
import { type Card, cardsOfSidecar } from './card.ts'
import type { PolicyFile } from './files.ts'
import type { PolicyProblem } from './rule.ts'

export interface Sidecar {
  readonly whole: Card
  readonly rules: ReadonlyMap<string, Card>
  readonly problems: readonly PolicyProblem[]
}

/** What the YAML beside a policy says of its rules. */
export function readSidecar({ name, text }: Pick<PolicyFile, 'name' | 'text'>): Sidecar {
  const { value, placeOf, problems } = readYaml(name, text)
  if (problems.length > 0) return { whole: {}, rules: new Map(), problems }
  const { whole, rules, mistakes } = cardsOfSidecar(value ?? {})
  return {
    whole,
    rules,
    problems: mistakes.map(({ path, message }) => ({ ...placeOf(path), ...wrong, message })),
  }
}

const wrong = { code: 'policy_error' }

/** A YAML or JSON text as plain data, and where its parts stand. */
export function readYaml(
  file: string,
  text: string,
): {
  readonly value: unknown
  readonly placeOf: (path: Path) => { file: string; row: number; col: number }
  readonly problems: readonly PolicyProblem[]
} {
  const lineCounter = new LineCounter()
  const document = parseDocument(text, { lineCounter, logLevel: 'silent' })
  const at = (offset: number) => {
    const { line, col } = lineCounter.linePos(offset)
    return { file, row: Math.max(line, 1), col: Math.max(col, 1) }
  }
  const placeOf = (path: Path) => {
    for (let length = path.length; length > 0; length--) {
      const node = document.getIn(path.slice(0, length), true)
      if (isNode(node) && node.range) return at(node.range[0])
    }
    return at(0)
  }
  const problems = document.errors.map(({ message, pos }) => ({
    ...at(pos[0]),
    ...wrong,
    message: message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? '',
  }))
  if (problems.length > 0) return { value: null, placeOf, problems }
  try {
    return { value: document.toJS({ maxAliasCount: 100 }), placeOf, problems }
  } catch (error) {
    const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
    return { value: null, placeOf, problems: [{ ...at(0), ...wrong, message }] }
  }
}
