import { failure } from './builtin.ts'

export type Node =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'action'; readonly words: readonly string[] }
  | {
      readonly kind: 'block'
      readonly word: string
      readonly words: readonly string[]
      readonly then: readonly Node[]
      readonly otherwise: readonly Node[]
    }

const maxDepth = 100

/** Text and actions of a template, blocks with what they hold. */
export function parseTemplate(text: string): readonly Node[] {
  const tokens = tokenize(text)
  let at = 0
  const body = (depth: number): { nodes: Node[]; end: readonly string[] | undefined } => {
    if (depth > maxDepth) throw failure('template: nested too deeply')
    const nodes: Node[] = []
    for (;;) {
      const token = tokens[at++]
      if (token === undefined) return { nodes, end: undefined }
      if (typeof token === 'string') {
        nodes.push({ kind: 'text', text: token })
        continue
      }
      const [word = '', ...words] = token
      if (word === 'end' || word === 'else') return { nodes, end: token }
      if (word === 'if' || word === 'range' || word === 'with') {
        nodes.push(block(word, words, depth))
      } else if (token.length > 0) nodes.push({ kind: 'action', words: token })
    }
  }
  const block = (word: string, words: readonly string[], depth: number): Node => {
    const { nodes: then, end } = body(depth + 1)
    let otherwise: readonly Node[] = []
    if (end?.[0] === 'else') {
      const [, next, ...rest] = end
      if (next !== undefined) otherwise = [block(next, rest, depth + 1)]
      else otherwise = closed(body(depth + 1))
    } else if (end?.[0] !== 'end') throw failure('template: unexpected EOF')
    return { kind: 'block', word, words, then, otherwise }
  }
  const closed = ({ nodes, end }: ReturnType<typeof body>): readonly Node[] => {
    if (end?.[0] !== 'end') throw failure('template: unexpected EOF')
    return nodes
  }
  const { nodes, end } = body(0)
  if (end !== undefined) throw failure(`template: unexpected {{${end.join(' ')}}}`)
  return nodes
}

/** Text as it is, and the words of each action. */
function tokenize(text: string): readonly (string | readonly string[])[] {
  const tokens: (string | readonly string[])[] = []
  let trim = false
  for (let at = 0; ; ) {
    const open = text.indexOf('{{', at)
    const raw = text.slice(at, open < 0 ? undefined : open)
    const left = trim ? raw.trimStart() : raw
    if (open < 0) return [...tokens, left]
    const trimsLeft = /-\s/y
    trimsLeft.lastIndex = open + 2
    const begin = trimsLeft.test(text) ? open + 3 : open + 2
    tokens.push(begin === open + 3 ? left.trimEnd() : left)
    const { end, words, trimsRight } = action(text, begin)
    if (words !== undefined) tokens.push(words)
    at = end
    trim = trimsRight
  }
}

/** One action up to its braces, each piece looked at once: what is quoted may hold braces. */
function action(text: string, begin: number) {
  const comment = /\s*\/\*[\s\S]*?\*\//y
  comment.lastIndex = begin
  const isComment = comment.test(text)
  const last = isComment ? comment.lastIndex : begin
  const close = /\s-\}\}|\}\}/y
  const piece = /"(?:\\[\s\S]|[^"\\])*"|`[^`]*`|'(?:\\.|[^'\\])'|[^"`]/y
  for (let at = last; at < text.length; at = piece.lastIndex) {
    close.lastIndex = at
    if (close.test(text)) {
      const words = isComment ? undefined : wordsOf(text.slice(begin, at))
      return { end: close.lastIndex, words, trimsRight: text[at] !== '}' }
    }
    if (isComment) throw failure('template: comment ends before closing delimiter')
    piece.lastIndex = at
    if (!piece.test(text)) throw failure('template: unterminated quoted string')
  }
  throw failure('template: unclosed action')
}

function wordsOf(action: string): readonly string[] {
  return action.match(/"(?:\\.|[^"\\])*"|`[^`]*`|'(?:\\.|[^'\\])'|:=|[=|(),]|[^\s"`=|(),:]+/g) ?? []
}
