import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

/**
 * What a check does to a value that may be absent it does through the view: the array methods and plain reads. A loop,
 * a spread or JSON would read past it, and `try` would catch the signal. On finished values a line may say so:
 * `// finished: text, not a view`, on the line, on the one above, or for a whole file in its first comment.
 */
const forbidden: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['a loop', /(?<![.\w])(?:for|while|do)(?=\s*[({])/g],
  ['try', /(?<![.\w])try(?=\s*\{)/g],
  ['in', /[\w)\]'"`]\s+in\s+(?=[\w({[])/g],
  ['Object methods', /\bObject\s*\.\s*(?:keys|values|entries|assign|fromEntries|getOwn\w+)/g],
  ['spread', /\.\.\.(?=[\w([{'"`])(?!\w+:)/g],
  ['JSON', /\bJSON\s*\./g],
  ['Reflect', /\b(?:Reflect\s*\.|structuredClone\b)/g],
  // Text of a policy may be known in part: check-kit's text helpers compare it.
  ['a comparison of policy text', /\.(?:Effect|Sid|operator|key)\s*[!=]==/g],
  ['a memo', /\bnew\s+(?:WeakMap|WeakRef)\b/g],
]

const folders = ['src/checks', 'src/check-kit'].map(folder =>
  resolve(import.meta.dirname, '..', folder),
)

test('checks touch what may be absent through the view alone', () => {
  const found = folders.flatMap(folder =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter(file => file.endsWith('.ts') && !/\.(test|fixture|generated)\.ts$/.test(file))
      .flatMap(file =>
        violations(readFileSync(join(folder, file), 'utf8')).map(each => `${file}:${each}`),
      ),
  )
  expect(found).toEqual([])
})

describe('the rule', () => {
  test.each([
    'for (const rule of rules) use(rule)',
    'while (at < 3) at++',
    'try { read() } catch {}',
    "'a' in thing",
    'Object.entries(thing)',
    'const all = [...rules]',
    'call(...rules)',
    'JSON.stringify(thing)',
    'const memo = new WeakMap()',
    "statement.Effect === 'Allow'",
    `\`${'${'}[...rules]}\``,
  ])('finds %s', code => expect(violations(code)).toHaveLength(1))

  test.each([
    "const text = 'for (x in y) try { JSON.parse }'",
    '// for (const rule of rules)',
    '/* [...rules] */',
    `\`for (${'${'}name}) in\``,
    'const pattern = /for (a|b) in ...x/',
    'rules.some(rule => rule.tries.includes(1))',
    'const { name, ...rest } = input // finished: the author’s own object',
    '// finished: text\nfor (const letter of text) use(letter)',
    '// finished: this file is about text\nimport x\n\nfor (const letter of text) use(letter)',
    'type Keys = { [K in keyof T]: T[K] }',
  ])('leaves %s', code => expect(violations(code)).toEqual([]))
})

function violations(source: string): readonly string[] {
  const { code, comments } = split(source)
  const isFinished = (line: number) =>
    [line, line - 1].some(each => comments.get(each)?.includes('finished:')) ||
    (comments.get(1)?.startsWith('// finished:') === true &&
      source.split('\n')[1]?.startsWith('import'))
  return forbidden.flatMap(([what, pattern]) =>
    [...code.matchAll(pattern)].flatMap(match => {
      const line = code.slice(0, match.index).split('\n').length
      const isMappedType =
        what === 'in' && /\[\s*\w+\s+in\s+keyof\s*$|\[\s*$/.test(code.slice(0, match.index))
      return isFinished(line) || isMappedType ? [] : [`${line}: ${what}`]
    }),
  )
}

/** The code with strings, patterns and comments blanked out, lines kept; and the comments by line. */
function split(source: string): { code: string; comments: Map<number, string> } {
  const comments = new Map<number, string>()
  let code = ''
  let line = 1
  /** Open braces of each `${` that we are inside of. */
  const holes: number[] = []
  for (let at = 0; at < source.length; ) {
    const end = tokenEnd(source, at, code)
    const token = source.slice(at, end)
    const first = token[0] ?? ''
    if (/^\/[/*]/.test(token)) comments.set(line, token)
    if (first === '{' && holes.length > 0) holes.push((holes.pop() ?? 0) + 1)
    let isText = end - at > 1 && (/['"`]/.test(first) || first === '/')
    if (first === '}' && holes.length > 0) {
      const open = (holes.pop() ?? 0) - 1
      if (open > 0) holes.push(open)
      else isText = true
    }
    if (isText && first === '}') {
      const rest = templateEnd(source, at + 1)
      code += `}${blank(source.slice(at + 1, rest))}`
      if (source.slice(rest - 2, rest) === '${') holes.push(1)
      line += source.slice(at, rest).split('\n').length - 1
      at = rest
      continue
    }
    if (first === '`' && token.endsWith('${')) holes.push(1)
    code += isText || first === '`' ? `${first}${blank(token.slice(1, -1))}${token.at(-1)}` : token
    line += token.split('\n').length - 1
    at = end
  }
  return { code, comments }
}

function tokenEnd(source: string, at: number, before: string): number {
  const first = source[at] ?? ''
  if (source.startsWith('//', at)) return endOf(source, at, /\n|$/g, 0)
  if (source.startsWith('/*', at)) return endOf(source, at, /\*\//g, 2)
  if (first === "'" || first === '"')
    return at + (/^(['"])(?:\\.|(?!\1).)*\1/s.exec(source.slice(at))?.[0].length ?? 1)
  if (first === '`') return templateEnd(source, at + 1)
  if (first === '/' && /(^|[=(,:[!&|?{};>]|\breturn)\s*$/.test(before)) {
    return (
      at + (/^\/(?:\\.|\[(?:\\.|[^\]])*\]|[^/\n])+\/\w*/.exec(source.slice(at))?.[0].length ?? 1)
    )
  }
  return at + 1
}

/** After the closing backtick, or after the next `${`. */
function templateEnd(source: string, from: number): number {
  const found = /(?:\\.|(?!`|\$\{).)*(`|\$\{)/sy
  found.lastIndex = from
  const match = found.exec(source)
  return match ? match.index + match[0].length : source.length
}

function endOf(source: string, from: number, pattern: RegExp, extra: number): number {
  pattern.lastIndex = from
  const match = pattern.exec(source)
  return match ? match.index + extra : source.length
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ')
}
