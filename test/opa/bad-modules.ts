import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compile, RegoError } from '../../src/lang/rego/index.ts'

/** Modules with mistakes, by the dialect or mode that they are checked in, and what opa says of each. */
const folder = 'test/fixtures/rego-errors'
const answers = join(folder, 'opa.json')

export type Mode = 'v1' | 'v0' | 'strict'

export interface BadModule {
  /** `v1/unsafe-in-head.rego` */
  readonly name: string
  readonly path: string
  readonly mode: Mode
  readonly text: string
}

/** Code and row of every error, in opa's order: `rego_unsafe_var_error 4`. */
export type Errors = readonly string[]

export function badModules(): readonly BadModule[] {
  return (['v1', 'v0', 'strict'] as const).flatMap(mode =>
    readdirSync(join(folder, mode))
      .sort()
      .map(file => {
        const path = join(folder, mode, file)
        return { name: `${mode}/${file}`, path, mode, text: readFileSync(path, 'utf8') }
      }),
  )
}

export function opaAnswers(): Readonly<Record<string, Errors>> {
  return JSON.parse(readFileSync(answers, 'utf8'))
}

export function ourErrors({ name, mode, text }: BadModule): Errors {
  try {
    compile({ [name]: text }, { version: mode === 'v0' ? 'v0' : 'v1', strict: mode === 'strict' })
    return []
  } catch (error) {
    if (!(error instanceof RegoError)) throw error
    return error.errors.map(({ code, location }) => `${code} ${location?.row}`)
  }
}
