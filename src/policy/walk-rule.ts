import type { Rule, Term } from '../lang/rego/syntax/ast.ts'
import { walkBody, walkTerm } from '../lang/rego/syntax/walk.ts'

/** Shows every term of a rule, of its head, its body and its `else`s, each before its parts. */
export function walkRule(rule: Rule, see: (term: Term) => undefined): void {
  const visitor = { term: see }
  for (let at: Rule | undefined = rule; at !== undefined; at = at.otherwise) {
    const { ref, args = [], key, value } = at.head
    for (const term of [...ref.slice(1), ...args, key, value])
      if (term !== undefined) walkTerm(term, visitor)
    walkBody(at.body, visitor)
  }
}
