import { createTwoFilesPatch } from 'diff'
import { holdsSecret } from '../check-kit/secrets.ts'
import { secretName } from '../engine/mask.ts'
import { type Attribute, type Block, type Body, type Expr, parseFile } from '../lang/hcl/index.ts'

/** A file of Terraform, as it is or as it would be. */
export interface Source {
  readonly file: string
  readonly text: string
}

/** What is to become true: the lines that a finding's remedy shows, for the resource that they are for. */
export interface Wanted {
  readonly type: string
  /** The local name. */
  readonly name: string
  readonly remedy: string
}

/** The files of a module that would change, as a unified diff; or why the source allows no such change. */
export function patchOf(
  sources: readonly Source[],
  wanted: Wanted,
): { readonly patch: string } | { readonly why: string } {
  try {
    const changed = changedBy(sources, wanted)
    return { patch: changed.map(shown).join('') }
  } catch (error) {
    if (error instanceof Unpatchable) return { why: error.message }
    throw error
  }
}

/** The source says it in a way that is not to be written over. */
class Unpatchable extends Error {
  override readonly name = 'Unpatchable'
}

interface Changed {
  readonly before: Source
  readonly after: string
}

/** With the lines around it, where none of them holds a secret: a patch goes into logs, messages and tickets. */
function shown({ before, after }: Changed): string {
  const secrets = secretLines(before)
  const isOpen = (patch: string) =>
    patch
      .split('\n')
      .slice(3)
      .every(line => !secrets.has(line.slice(1).trimEnd()) && !isSecretLine(line.slice(1)))
  for (const context of [4, 0]) {
    const name = before.file
    const options = { context }
    const patch = createTwoFilesPatch(`a/${name}`, `b/${name}`, before.text, after, '', '', options)
    const bare = patch.replace(/^=+\n/, '')
    if (isOpen(bare)) return bare
  }
  throw new Unpatchable('the lines that would change hold a secret')
}

function isSecretLine(line: string): boolean {
  const [, key = ''] = /^\s*["']?([\w.-]+)["']?\s*[=:]/.exec(line) ?? []
  return secretName.test(key) || holdsSecret(line.replace(/\s+/g, ' '))
}

/** Lines of what is called a secret, such as those of a script in `user_data`. */
function secretLines({ file, text }: Source): ReadonlySet<string> {
  const lines = new Set<string>()
  const gather = ({ attributes, blocks }: Body): void => {
    for (const { name, expr } of attributes.values()) {
      if (!secretName.test(name)) continue
      for (const line of sliced(text, expr).split('\n')) {
        if (line.trim() !== '') lines.add(line.trimEnd())
      }
    }
    for (const { body } of blocks) gather(body)
  }
  gather(parseFile(file, text).body)
  return lines
}

interface Edit {
  readonly file: string
  readonly start: number
  readonly end: number
  readonly text: string
}

interface Place {
  readonly source: Source
  readonly block: Block
}

function changedBy(sources: readonly Source[], { type, name, remedy }: Wanted) {
  const places = sources.flatMap(placesOf)
  const parent = only(places.filter(isNamed(type, name)), `${type}.${name}`)
  const { body, text, errors } = parseFile('remedy', remedy)
  if (errors.length > 0) throw new Unpatchable('the remedy is no Terraform')
  const pieces = body.blocks.filter(block => block.type === 'resource')
  const own = { ...body, blocks: body.blocks.filter(block => block.type !== 'resource') }
  const edits = [
    ...merged(parent, parent.block, own, text),
    ...pieces.flatMap(piece => withPiece(places, parent, piece, text)),
  ]
  return sources.flatMap(before => {
    const after = applied(before, edits)
    if (after === before.text) return []
    if (parseFile(before.file, after).errors.length > 0) throw new Unpatchable('it would not parse')
    return [{ before, after }]
  })
}

function placesOf(source: Source): readonly Place[] {
  const { body, errors } = parseFile(source.file, source.text)
  if (errors.length > 0) throw new Unpatchable(`${source.file} does not parse`)
  return body.blocks.filter(block => block.type === 'resource').map(block => ({ source, block }))
}

function isNamed(type: string, name: string) {
  return ({ block: { labels } }: Place) => labels[0] === type && labels[1] === name
}

function only(places: readonly Place[], what: string): Place {
  const [first, second] = places
  if (!first) throw new Unpatchable(`${what} is declared elsewhere`)
  if (second) throw new Unpatchable(`${what} is declared twice`)
  return first
}

/** A remedy that is a resource of its own: its lines go into the one that is there, or it is written behind its parent. */
function withPiece(
  places: readonly Place[],
  parent: Place,
  piece: Block,
  remedy: string,
): readonly Edit[] {
  const [type = '', name = ''] = piece.labels
  const [parentType = '', parentName = ''] = parent.block.labels
  const [link] = piece.body.attributes.keys()
  const isOurs = ({ source, block }: Place) => {
    const attribute = block.body.attributes.get(link ?? '')
    const said = attribute && sliced(source.text, attribute.expr)
    return said?.startsWith(`${parentType}.${parentName}.`) === true
  }
  const same = places.filter(({ block }) => block.labels[0] === type)
  const [known, second] = same.filter(isOurs)
  if (second) throw new Unpatchable(`there are several ${type} of ${parentType}.${parentName}`)
  if (known) {
    const attributes = new Map([...piece.body.attributes].filter(([key]) => key !== link))
    return merged(known, known.block, { ...piece.body, attributes }, remedy)
  }
  for (const repeated of ['count', 'for_each']) {
    if (parent.block.body.attributes.has(repeated)) {
      throw new Unpatchable(`${parentType}.${parentName} is declared with ${repeated}`)
    }
  }
  if (same.some(isNamed(type, name))) throw new Unpatchable(`${type}.${name} is another one’s`)
  const { source, block } = parent
  const at = block.range.end
  return [{ file: source.file, start: at, end: at, text: `\n\n${sliced(remedy, piece)}` }]
}

/** Sets what the remedy sets, in the block and in the blocks within it. */
function merged({ source }: Place, block: Block, remedy: Body, text: string): readonly Edit[] {
  const edits: Edit[] = []
  const fresh: string[] = []
  for (const attribute of remedy.attributes.values()) {
    const value = sliced(text, attribute.expr)
    const known = block.body.attributes.get(attribute.name)
    if (!known) fresh.push(`${attribute.name} = ${value}`)
    else edits.push({ file: source.file, ...replaceable(known, source.text), text: value })
  }
  for (const inner of remedy.blocks) {
    const isDynamic = block.body.blocks.some(
      ({ type, labels }) => type === 'dynamic' && labels[0] === inner.type,
    )
    const [known, second] = block.body.blocks.filter(({ type }) => type === inner.type)
    if (isDynamic || second) throw new Unpatchable(`${inner.type} is there more than once`)
    if (known) edits.push(...merged({ source, block }, known, inner.body, text))
    else fresh.push(sliced(text, inner))
  }
  return fresh.length === 0 ? edits : [...edits, insertion(source, block, fresh)]
}

function replaceable({ name, expr }: Attribute, text: string): { start: number; end: number } {
  if (!isLiteral(expr)) {
    throw new Unpatchable(`${name} is ${sliced(text, expr)}: what that stands for is to change`)
  }
  return expr.range
}

function isLiteral(expr: Expr): boolean {
  switch (expr.kind) {
    case 'literal':
      return true
    case 'template':
      return expr.parts.every(part => part.kind === 'text')
    case 'parens':
      return isLiteral(expr.expr)
    case 'tuple':
      return expr.items.every(isLiteral)
    default:
      return false
  }
}

/** Behind what stands last in the block; a block on one line gets lines of its own. */
function insertion({ file, text }: Source, block: Block, lines: readonly string[]): Edit {
  const { start, end } = block.range
  const margin = /[^\n]*$/.exec(text.slice(0, start))?.[0].replace(/\S.*$/, '') ?? ''
  const inner = `${margin}  `
  const added = lines.map(line => `${inner}${line.replaceAll('\n', `\n${inner}`)}`).join('\n')
  const open = text.indexOf('{', block.header.end - 1)
  const within = text.slice(open + 1, end - 1)
  if (!within.includes('\n')) {
    const kept = within.trim() === '' ? '' : `\n${inner}${within.trim()}`
    return { file, start: open + 1, end: end - 1, text: `${kept}\n${added}\n${margin}` }
  }
  const at = open + 1 + within.trimEnd().length
  return { file, start: at, end: at, text: `\n${added}` }
}

function sliced(
  text: string,
  { range }: { readonly range: { start: number; end: number } },
): string {
  return text.slice(range.start, range.end)
}

/** From the end, so that what stands before keeps its place; of two at one place the first stays first. */
function applied({ file, text }: Source, edits: readonly Edit[]): string {
  const ours = edits.filter(edit => edit.file === file).toSorted((a, b) => a.start - b.start)
  let after = text
  const isWindows = text.includes('\r\n')
  for (const { start, end, text: fresh } of ours.toReversed()) {
    const lines = isWindows ? fresh.replace(/\r?\n/g, '\r\n') : fresh
    after = after.slice(0, start) + lines + after.slice(end)
  }
  return after
}
