import { isPublic, opensToStrangers } from '../../check-kit/policy/public.ts'
import type { Plain } from '../../resource.ts'
import { canonicalPolicy } from '../../vocabulary/canonical-policy.ts'
import type { PolicyDocument } from '../../vocabulary/policy-document.ts'
import type { Json } from '../json.ts'

/** Whether the resource's policy lets in callers whom it does not name. */
export function isOpen(policy: string | null): boolean {
  return policy !== null && isPublic(canonical(policy))
}

/** The policy without the statements that let strangers in, the others as they were written; null: none is left. */
export function withoutStrangers(policy: string): string | null {
  const { Statement } = canonical(policy)
  const written = parse(policy)
  const kept = listOf(written.Statement).filter((_, index) => {
    const statement = Statement[index]
    return statement !== undefined && !opensToStrangers(statement)
  })
  return kept.length === 0 ? null : JSON.stringify({ ...written, Statement: kept })
}

/** The Sids of the statements that let strangers in; a statement without one has none to be named by. */
export function strangersSids(policy: string): readonly (string | undefined)[] {
  return canonical(policy)
    .Statement.filter(opensToStrangers)
    .map(({ Sid }) => Sid)
}

export function statementsOf(policy: string): readonly Json[] {
  return listOf(parse(policy).Statement)
}

/** The policy with one more statement, which replaces the one of the same Sid. */
export function withStatement(
  policy: string | null,
  statement: { readonly Sid: string; readonly [field: string]: Json },
): string {
  const written = policy === null ? { Version: '2012-10-17' } : parse(policy)
  const others = listOf(written.Statement).filter(each => sidOf(each) !== statement.Sid)
  return JSON.stringify({ ...written, Statement: [...others, statement] })
}

/** The value of a policy document: its spaces and the order of its keys mean nothing. */
export function policyValue(policy: string | null): Json {
  return policy === null ? null : parse(policy)
}

export function canonical(policy: string): PolicyDocument {
  const document: Plain = canonicalPolicy('policy', policy)
  if (typeof document !== 'object' || document === null || !('Statement' in document)) {
    throw new Error('the policy is no policy document')
  }
  return document as unknown as PolicyDocument
}

function parse(policy: string): { readonly [key: string]: Json } {
  const value: unknown = JSON.parse(policy)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error('the policy is no policy document')
  }
  return value as { [key: string]: Json }
}

function listOf(value: Json | undefined): readonly Json[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}

function sidOf(statement: Json): Json | undefined {
  return typeof statement === 'object' && statement !== null && !Array.isArray(statement)
    ? new Map(Object.entries(statement)).get('Sid')
    : undefined
}
