import type { Tables } from '../../src/vocabulary/load.ts'
import {
  bodyOf,
  type Edit,
  edited,
  type Files,
  isConstant,
  movable,
  type Rewriting,
  resourceBlocks,
  sourceOf,
} from './edit.ts'

/** Every value is a local. */
export const locals: Rewriting = text => moved(text, () => true, localsOf)

/** Every value is what `try` and a conditional leave of it. */
export const expressions: Rewriting = text =>
  moved(
    text,
    () => true,
    (main, values) =>
      localsOf(
        main,
        values.map(value => `try([for each in [true] : (\n${value}\n)][0], null)`),
      ),
  )

/** Every constant is what both arms of a conditional say of which nobody knows which it is. */
export const conditionals: Rewriting = text =>
  moved(text, isConstant, (main, values) => ({
    ...localsOf(
      main,
      values.map(value => `var.which ? (\n${value}\n) : (\n${value}\n)`),
    ),
    'variables.tf': 'variable "which" {\n  type = bool\n}\n',
  }))

/** Every constant is the default of a variable. */
export const variables: Rewriting = text =>
  moved(text, isConstant, (main, values) => ({
    'main.tf': main('var'),
    'variables.tf': values
      .map((value, at) => `variable "${nameOf(at)}" {\n  default = ${value}\n}\n`)
      .join(''),
  }))

/** Every constant comes from a file of values. */
export const valueFiles: Rewriting = text =>
  moved(text, isConstant, (main, values) => ({
    'main.tf': main('var'),
    'variables.tf': values.map((_, at) => `variable "${nameOf(at)}" {\n}\n`).join(''),
    'terraform.tfvars': values.map((value, at) => `${nameOf(at)} = ${value}\n`).join(''),
  }))

/** All of it is a module, and every constant an input. */
export const inputs: Rewriting = text =>
  moved(text, isConstant, (main, values) => ({
    'main.tf': `module "all" {\n  source = "./all"\n${values
      .map((value, at) => `  ${nameOf(at)} = ${value}\n`)
      .join('')}}\n`,
    'all/main.tf': main('var'),
    'all/variables.tf': values.map((_, at) => `variable "${nameOf(at)}" {\n}\n`).join(''),
  }))

/** What is not said is said to be null. */
export function nulls({ types }: Tables): Rewriting {
  return text => {
    const edits = resourceBlocks(bodyOf(text)).flatMap(({ type, labels, header, body }): Edit[] => {
      if (type !== 'resource') return []
      const blocks = new Set(body.blocks.map(block => block.labels[0] ?? block.type))
      const names = Object.entries(types.get(labels[0] ?? '')?.schema ?? {})
        .filter(
          ([name, entry]) => typeof entry === 'string' && /:oc?$/.test(entry) && name !== 'id',
        )
        .map(([name]) => name)
        .filter(name => !body.attributes.has(name) && !blocks.has(name))
      const at = text.indexOf('{', header.end) + 1
      const lines = names.map(name => `  ${name} = null\n`)
      return lines.length === 0 ? [] : [{ start: at, end: at, text: `\n${lines.join('')}` }]
    })
    return edits.length === 0 ? null : { 'main.tf': edited(text, edits) }
  }
}

function localsOf(main: (root: string) => string, values: readonly string[]): Files {
  const lines = values.map((value, at) => `  ${nameOf(at)} = ${value}\n`)
  return { 'main.tf': main('local'), 'locals.tf': `locals {\n${lines.join('')}}\n` }
}

function moved(
  text: string,
  isWanted: (expr: Parameters<typeof isConstant>[0]) => boolean,
  write: (main: (root: string) => string, values: readonly string[]) => Files,
): Files | null {
  const wanted = resourceBlocks(bodyOf(text))
    .flatMap(movable)
    .filter(({ expr }) => isWanted(expr))
  if (wanted.length === 0) return null
  const main = (root: string) =>
    edited(
      text,
      wanted.map(
        ({ expr }, at): Edit => ({
          ...expr.range,
          // What ends a heredoc's line ended the argument's as well.
          text: `${root}.${nameOf(at)}${sourceOf(text, expr.range).endsWith('\n') ? '\n' : ''}`,
        }),
      ),
    )
  return write(
    main,
    wanted.map(({ expr }) => sourceOf(text, expr.range)),
  )
}

function nameOf(at: number): string {
  return `value_${at}`
}
