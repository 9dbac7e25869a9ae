import type { Range, TemplatePart } from './ast.ts'
import { type Cursor, deeper } from './cursor.ts'
import { HclError } from './hcl-error.ts'
import type { TemplateToken } from './template-token.ts'

/** Puts what stands between `%{if}` and `%{endif}`, `%{for}` and `%{endfor}`, inside them. */
export function nest(
  tokens: readonly TemplateToken[],
  range: Range,
  cursor: Cursor,
): readonly TemplatePart[] {
  const state = { tokens, at: 0, end: { start: range.end, end: range.end }, cursor }
  const parts = nestUntil(state, null)
  const stray = tokens[state.at]
  if (stray === undefined) return parts
  throw new HclError(
    `Unexpected ${stray.kind} directive`,
    'The control directives within this template are unbalanced.',
    stray.range,
  )
}

interface State {
  readonly tokens: readonly TemplateToken[]
  readonly end: Range
  readonly cursor: Cursor
  at: number
}

/** Stops at the first directive that closes something, without taking it. */
function nestUntil(state: State, opener: TemplateToken | null): readonly TemplatePart[] {
  const parts: TemplatePart[] = []
  for (;;) {
    const token = state.tokens[state.at]
    if (token === undefined) {
      if (opener === null) return parts
      throw new HclError(
        'Unexpected end of template',
        `The ${opener.kind} directive is missing its corresponding end${opener.kind} directive.`,
        opener.range,
      )
    }
    switch (token.kind) {
      case 'else':
      case 'endif':
      case 'endfor':
        return parts
      case 'text':
        if (token.text !== '') parts.push(token)
        state.at++
        break
      case 'expr':
        parts.push(token)
        state.at++
        break
      case 'if':
        parts.push(deeper(state.cursor, () => nestIf(state, token)))
        break
      case 'for':
        parts.push(deeper(state.cursor, () => nestFor(state, token)))
        break
    }
  }
}

function nestIf(state: State, opener: TemplateToken & { readonly kind: 'if' }): TemplatePart {
  state.at++
  const then = nestUntil(state, opener)
  let otherwise: readonly TemplatePart[] = []
  if (state.tokens[state.at]?.kind === 'else') {
    state.at++
    otherwise = nestUntil(state, opener)
  }
  const end = closing(state, opener, 'endif')
  return {
    kind: 'if',
    test: opener.test,
    then,
    otherwise,
    range: { start: opener.range.start, end },
  }
}

function nestFor(state: State, opener: TemplateToken & { readonly kind: 'for' }): TemplatePart {
  state.at++
  const body = nestUntil(state, opener)
  const end = closing(state, opener, 'endfor')
  const { key, value, over } = opener
  return { kind: 'for', key, value, over, body, range: { start: opener.range.start, end } }
}

function closing(state: State, opener: TemplateToken, wanted: 'endif' | 'endfor'): number {
  const token = state.tokens[state.at]
  if (token?.kind === wanted) {
    state.at++
    return token.range.end
  }
  throw new HclError(
    `Unexpected ${token?.kind ?? 'end'} directive`,
    token?.kind === 'else'
      ? 'Already in the else clause.'
      : `Expecting an ${wanted} directive for the ${opener.kind} that is open.`,
    token?.range ?? state.end,
  )
}
