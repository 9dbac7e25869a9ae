import type { Attribute, Block, Range } from '../ast.ts'
import { closedBlocks, labelCount } from './block-kinds.ts'
import { type Declaration, type Draft, type LocalDeclaration, placeOf } from './declaration.ts'
import type { ModuleFiles, ParsedFile } from './files.ts'
import { applyOverride } from './override.ts'
import { type Problem, problemAt, problemLog } from './problem.ts'

/** One module's folder as it is written, before any value is known. */
export interface ModuleConfig {
  readonly folder: string
  readonly files: readonly ParsedFile[]
  readonly variables: ReadonlyMap<string, Declaration>
  readonly locals: ReadonlyMap<string, LocalDeclaration>
  readonly outputs: ReadonlyMap<string, Declaration>
  /** `aws_s3_bucket.logs`, `data.aws_region.here`. */
  readonly resources: ReadonlyMap<string, Declaration>
  readonly calls: ReadonlyMap<string, Declaration>
  /** `aws`, `aws.west`. */
  readonly providers: ReadonlyMap<string, Declaration>
  readonly checks: ReadonlyMap<string, Declaration>
  readonly problems: readonly Problem[]
}

/** Reads a folder as a module; null where there is no such folder. */
export function readModule(folder: string, files: ModuleFiles): ModuleConfig | null {
  const names = files.list(folder)
  if (names === null) return null
  const log = problemLog()
  const draft = emptyDraft(problem => log.add(problem))
  const parsed: ParsedFile[] = []
  const { primary, overrides } = configurationFiles(names)
  for (const name of primary) {
    const file = files.parse(files.file(folder, name))
    if (file === null) continue
    parsed.push(file)
    readFile(file, draft)
  }
  for (const name of overrides) {
    const file = files.parse(files.file(folder, name))
    if (file === null) continue
    parsed.push(file)
    reportSyntax(file, draft)
    for (const block of file.body.blocks) applyOverride(draft, block, file)
  }
  return {
    folder,
    files: parsed,
    problems: log.all,
    ...withoutReport(draft),
  }
}

export function isConfigurationFile(name: string): boolean {
  return /^[^.].*\.tf(\.json)?$/.test(name) && !/^#.*#$/.test(name)
}

function configurationFiles(names: readonly string[]) {
  const all = names.filter(isConfigurationFile).sort()
  const isOverride = (name: string) => /^(.*_)?override\.tf(\.json)?$/.test(name)
  const json = (name: string) => Number(name.endsWith('.json'))
  return {
    primary: all.filter(name => !isOverride(name)).sort((a, b) => json(a) - json(b)),
    overrides: all.filter(isOverride),
  }
}

function emptyDraft(report: Draft['report']): Draft {
  return {
    variables: new Map(),
    locals: new Map(),
    outputs: new Map(),
    resources: new Map(),
    calls: new Map(),
    providers: new Map(),
    checks: new Map(),
    report,
  }
}

function withoutReport({ report: _, ...rest }: Draft): Omit<Draft, 'report'> {
  return rest
}

function readFile(file: ParsedFile, draft: Draft): void {
  reportSyntax(file, draft)
  for (const block of file.body.blocks) {
    if (!isWellFormed(block, file, draft)) continue
    declare(block, file, draft)
  }
  for (const attribute of file.body.attributes.values()) {
    const detail = `An argument named "${attribute.name}" is not expected here.`
    invalid(draft, file, attribute.nameRange, 'Unsupported argument', detail)
  }
}

function reportSyntax(file: ParsedFile, draft: Draft): void {
  for (const error of file.errors) draft.report({ ...error, kind: 'syntax' })
}

function declare(block: Block, file: ParsedFile, draft: Draft): void {
  if (block.type === 'locals') {
    for (const attribute of block.body.attributes.values()) declareLocal(attribute, file, draft)
    return
  }
  const place = placeOf(block, draft)
  if (place === undefined) return
  const first = place.into.get(place.key)
  if (first === undefined) {
    place.into.set(place.key, { block, body: block.body, file })
    return
  }
  const { line } = first.file.at(first.block.range.start)
  const summary = `Duplicate ${block.type} "${block.labels[0]}" configuration`
  const detail = `${place.key} was already declared at ${first.file.name}:${line}.`
  invalid(draft, file, block.header, summary, detail)
}

function declareLocal(attribute: Attribute, file: ParsedFile, draft: Draft): void {
  if (!draft.locals.has(attribute.name)) {
    draft.locals.set(attribute.name, { attribute, file })
    return
  }
  const detail = `A local value named "${attribute.name}" was already defined. Local value names must be unique within a module.`
  invalid(draft, file, attribute.nameRange, 'Duplicate local value definition', detail)
}

function isWellFormed(block: Block, file: ParsedFile, draft: Draft): boolean {
  const wanted = labelCount.get(block.type)
  if (wanted === undefined) {
    const detail = `Blocks of type "${block.type}" are not expected here.`
    invalid(draft, file, block.header, 'Unsupported block type', detail)
    return false
  }
  if (block.labels.length !== wanted) {
    const few = block.labels.length < wanted
    const summary = few ? `Missing name for ${block.type}` : `Extraneous label for ${block.type}`
    const detail = few
      ? `All ${block.type} blocks must have ${wanted} label${wanted > 1 ? 's' : ''}.`
      : `${wanted === 0 ? 'No' : `Only ${wanted}`} labels are expected for ${block.type} blocks.`
    draft.report(problemAt('syntax', file, block.header, summary, detail))
    return false
  }
  checkArguments(block, file, draft)
  return true
}

/** Resources, module calls and providers take what their schema says, which is not known here. */
function checkArguments(block: Block, file: ParsedFile, draft: Draft): void {
  const closed = closedBlocks.get(block.type)
  if (closed === undefined) return
  for (const attribute of block.body.attributes.values()) {
    if (closed.attributes.has(attribute.name)) continue
    const detail = `An argument named "${attribute.name}" is not expected here.`
    invalid(draft, file, attribute.nameRange, 'Unsupported argument', detail)
  }
  for (const inner of block.body.blocks) {
    if (closed.blocks.has(inner.type)) continue
    const detail = `Blocks of type "${inner.type}" are not expected here.`
    invalid(draft, file, inner.header, 'Unsupported block type', detail)
  }
  for (const name of closed.required) {
    if (block.body.attributes.has(name)) continue
    const detail = `The argument "${name}" is required, but no definition was found.`
    invalid(draft, file, block.header, 'Missing required argument', detail)
  }
}

function invalid(draft: Draft, file: ParsedFile, range: Range, summary: string, detail: string) {
  draft.report(problemAt('invalid', file, range, summary, detail))
}
