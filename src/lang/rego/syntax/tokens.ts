export type TokenKind =
  | 'identifier'
  | 'number'
  | 'string'
  | 'template-string-part'
  | 'template-string-end'
  | 'eof'
  | 'illegal'
  | Punctuation

export type Punctuation =
  | '['
  | ']'
  | '{'
  | '}'
  | '('
  | ')'
  | ','
  | ':'
  | ';'
  | '.'
  | 'plus'
  | 'minus'
  | 'mul'
  | 'div'
  | 'rem'
  | 'and'
  | 'or'
  | 'eq'
  | 'equal'
  | 'assign'
  | 'neq'
  | 'gt'
  | 'lt'
  | 'gte'
  | 'lte'

export interface Token {
  readonly kind: TokenKind
  /** Source text of names and numbers, value of strings, message of illegal tokens. */
  readonly text: string
  readonly row: number
  readonly col: number
  readonly offset: number
  readonly end: number
  /** White space or a comment stands before it. */
  readonly space: boolean
  readonly newline: boolean
  /** Strings only. */
  readonly raw: boolean
}

export const punctuation: ReadonlyMap<string, Punctuation> = new Map([
  ['[', '['],
  [']', ']'],
  ['{', '{'],
  ['}', '}'],
  ['(', '('],
  [')', ')'],
  [',', ','],
  [':', ':'],
  [';', ';'],
  ['.', '.'],
  ['+', 'plus'],
  ['-', 'minus'],
  ['*', 'mul'],
  ['/', 'div'],
  ['%', 'rem'],
  ['&', 'and'],
  ['|', 'or'],
  ['=', 'eq'],
  ['==', 'equal'],
  [':=', 'assign'],
  ['!=', 'neq'],
  ['>', 'gt'],
  ['<', 'lt'],
  ['>=', 'gte'],
  ['<=', 'lte'],
])

export const keywordsV0: readonly string[] = [
  'not',
  'package',
  'import',
  'as',
  'default',
  'else',
  'with',
  'null',
  'true',
  'false',
  'some',
]

export const futureKeywords: readonly string[] = ['contains', 'every', 'if', 'in']
/** Words that mean more in modules that import them. */
export const logicKeywords: readonly string[] = ['and', 'not', 'or']
