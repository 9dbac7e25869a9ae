import type { Expr, Range } from './ast.ts'

/** A template before its directives are nested. */
export type TemplateToken =
  | { readonly kind: 'text'; text: string; readonly range: Range }
  | { readonly kind: 'expr'; readonly expr: Expr; readonly range: Range }
  | { readonly kind: 'if'; readonly test: Expr; readonly range: Range }
  | {
      readonly kind: 'for'
      readonly key: string | null
      readonly value: string
      readonly over: Expr
      readonly range: Range
    }
  | { readonly kind: 'else' | 'endif' | 'endfor'; readonly range: Range }

/**
 * What `<<-` does: takes the least indent of all lines off those that begin with text. A line of blanks
 * alone counts for nothing and stays as it is; so does a line whose predecessor lost its end to a trim mark.
 */
export function unindent(tokens: readonly TemplateToken[]): void {
  const starts: TemplateToken[] = []
  let isLineStart = true
  for (const token of tokens) {
    if (isLineStart && !isBlankLine(token)) starts.push(token)
    isLineStart = token.kind === 'text' && token.text.endsWith('\n')
  }
  const indent = starts.reduce((least, token) => Math.min(least, indentOf(token)), Infinity)
  for (const token of starts) if (token.kind === 'text') token.text = token.text.slice(indent)
}

function isBlankLine(token: TemplateToken): boolean {
  return token.kind === 'text' && token.text.endsWith('\n') && token.text.trim() === ''
}

function indentOf(token: TemplateToken): number {
  return token.kind === 'text' ? token.text.length - token.text.trimStart().length : 0
}
