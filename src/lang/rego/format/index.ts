import { RegoError } from '../error.ts'
import type { Import, Module } from '../syntax/ast.ts'
import { parseModule } from '../syntax/module.ts'
import { futureKeywords, keywordsV0 } from '../syntax/tokens.ts'
import { compareStrings } from '../value/order.ts'
import { styleOf, writeRules } from './rules.ts'
import { isSame } from './same.ts'
import { sliceOf } from './terms.ts'
import { Writer } from './writer.ts'

/** Lays a module out as `opa fmt` does. Throws RegoError where it does not parse, or where that would change it. */
export function formatRego(file: string, text: string, version: 'v0' | 'v1' = 'v1'): string {
  const module = parseModule(file, text, version)
  let formatted = layOut(module, text)
  // What goes on fewer lines may come nearer to something: what is laid out once more has to stay.
  for (let turn = 0; turn < mostTurns; turn++) {
    const again = attempt(() => parseModule(file, formatted, version))
    if (again === null || !isSame(module, again)) throw refusal(file)
    const settled = layOut(again, formatted)
    if (settled === formatted) return formatted
    formatted = settled
  }
  throw refusal(file)
}

const mostTurns = 4

function refusal(file: string): RegoError {
  const reason = 'is written in a way that cannot be laid out yet'
  return new RegoError('rego_compile_error', reason, { file, row: 1, col: 1 })
}

function attempt<T>(make: () => T): T | null {
  try {
    return make()
  } catch (error) {
    if (error instanceof RegoError) return null
    throw error
  }
}

function layOut(module: Module, text: string): string {
  const w = new Writer(text, module.comments)
  writePackage(w, module)
  const style = styleOf(module)
  for (const part of partsOf(withoutCovered(module))) {
    w.blank()
    if (part.kind === 'imports') writeImports(w, part.imports)
    else writeRules(w, part.rules, style)
  }
  return w.finish()
}

/** `rego.v1` brings what these do. */
function withoutCovered(module: Module): Module {
  const isV1 = module.imports.some(({ path }) => path.join('.') === 'rego.v1')
  const isCovered = ({ path }: Import): boolean =>
    path[0] === 'future' && (path[2] === undefined || futureKeywords.includes(path[2]))
  return isV1 ? { ...module, imports: module.imports.filter(each => !isCovered(each)) } : module
}

function writePackage(w: Writer, { package: header }: Module): void {
  const { row } = header.loc
  const written = w.before(row)
  if (written !== undefined && row - written > 1) w.blank()
  w.write(`package ${pathText(header.path, sliceOf(w, header.loc))}`)
  w.end(row)
  w.blank()
}

const keywords: ReadonlySet<string> = new Set([...keywordsV0, ...futureKeywords])

/** A keyword keeps the form that it has in the source. */
function pathText(path: readonly string[], source: string): string {
  return path
    .map((part, at) => {
      if (at === 0) return part
      const bracketed = `[${JSON.stringify(part)}]`
      const isName = /^[A-Za-z_]\w*$/.test(part)
      return isName && !(keywords.has(part) && source.includes(bracketed)) ? `.${part}` : bracketed
    })
    .join('')
}

type Part =
  | { readonly kind: 'imports'; readonly imports: readonly Import[] }
  | { readonly kind: 'rules'; readonly rules: Module['rules'] }

/** Imports and rules take turns where they are mixed. */
function partsOf({ imports, rules }: Module): readonly Part[] {
  const all = [
    ...imports.map(item => ({ at: item.loc.offset, import: item })),
    ...rules.map(item => ({ at: item.loc.offset, rule: item })),
  ].sort((a, b) => a.at - b.at)
  const parts: Part[] = []
  for (const each of all) {
    const last = parts.at(-1)
    if ('import' in each) {
      if (last?.kind === 'imports')
        parts[parts.length - 1] = { ...last, imports: [...last.imports, each.import] }
      else parts.push({ kind: 'imports', imports: [each.import] })
    } else if (last?.kind === 'rules')
      parts[parts.length - 1] = { ...last, rules: [...last.rules, each.rule] }
    else parts.push({ kind: 'rules', rules: [each.rule] })
  }
  return parts
}

/** Those on neighbouring rows are a group, sorted; groups stand apart. */
function writeImports(w: Writer, imports: readonly Import[]): void {
  const groups: Import[][] = []
  for (const each of imports) {
    const last = groups.at(-1)?.at(-1)
    const comment = last && w.between(last.loc.row, each.loc.row)
    if (last !== undefined && each.loc.row - last.loc.row <= 1 && comment === undefined)
      groups.at(-1)?.push(each)
    else groups.push([each])
  }
  for (const [at, group] of groups.entries()) {
    if (at > 0) w.blank()
    const row = group[0]?.loc.row ?? 0
    const written = w.before(row)
    if (written !== undefined && row - written > 1) w.blank()
    const comments = new Map(group.map(each => [each, w.takeAt(each.loc.row)]))
    for (const each of [...group].sort(byPath)) {
      const comment = comments.get(each)
      w.write(`import ${importText(w, each)}${comment === undefined ? '' : ` ${comment}`}`)
      w.end()
    }
  }
}

function byPath(a: Import, b: Import): number {
  for (const [at, part] of a.path.entries()) {
    const other = b.path[at]
    if (other === undefined) return 1
    if (part !== other) return compareStrings(part, other)
  }
  return a.path.length - b.path.length || compareStrings(a.alias ?? '', b.alias ?? '')
}

function importText(w: Writer, { path, alias, loc }: Import): string {
  return `${pathText(path, sliceOf(w, loc))}${alias === undefined ? '' : ` as ${alias}`}`
}
