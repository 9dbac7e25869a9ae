import { fold } from '../engine/fold.ts'
import { UserError } from '../errors.ts'
import { type Scope, scopesOf } from '../policy/scope.ts'
import type { Note } from '../policy/values.ts'
import { loadTerraform } from '../sources/terraform/index.ts'
import { loadVocabulary } from '../vocabulary/load.ts'

interface CodeOptions {
  readonly vars: Readonly<Record<string, string>>
  readonly varFiles: readonly string[]
  readonly accountTags: Readonly<Record<string, string>>
  readonly touch: (note: Note) => void
}

/** The input that a scan of this code gives to policies. */
export async function codeInput(
  path: string,
  { vars, varFiles, accountTags, touch }: CodeOptions,
): Promise<object> {
  const { resources } = await loadTerraform([path], {
    cwd: process.cwd(),
    env: process.env,
    vars,
    varFiles,
  })
  const tables = await loadVocabulary(new Set(resources.map(({ type }) => type)))
  const scopes = scopesOf(fold(tables, resources), { tables, accountTags })
  const [scope, ...others] = scopes
  if (scope === undefined) throw new UserError(`${path}: no resources`)
  if (others.length > 0)
    throw new UserError(
      `${path}: several root modules (${scopes.map(nameOf).join(', ')}); name one`,
    )
  scope.listener = { look: () => {}, touch }
  return scope.input
}

function nameOf({ name }: Scope): string {
  return name === '' ? '.' : name
}
