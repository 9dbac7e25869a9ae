import { UserError } from '../../errors.ts'
import { RegoError } from '../../lang/rego/index.ts'
import { isFields } from '../card.ts'
import { type Ended, type Opa, type Running, runOpa } from './binary.ts'
import { type Bundle, type Program, withBundle } from './bundle.ts'

/** opa, found and ready, with what policies may not call taken from it. */
export interface Session {
  readonly opa: Opa
  readonly open: (program: Program) => Bundle
  readonly run: (bundle: Bundle, command: string, args: readonly string[]) => Promise<Ended>
}

export async function withOpa<T>(
  opa: Opa,
  use: (session: Session) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const running: Running = { cwd: process.cwd(), signal }
  const { out } = await runOpa(opa, ['capabilities', '--current'], running)
  return withBundle(withoutNetwork(out, opa), (open, capabilities) =>
    use({
      opa,
      open,
      run: (bundle, command, args) =>
        runOpa(
          opa,
          [command, '--bundle', '.', '--capabilities', capabilities, '--format', 'json', ...args],
          { ...running, cwd: bundle.folder },
        ),
    }),
  )
}

const refused = new Set(['http.send', 'net.lookup_ip_addr', 'opa.runtime'])

function withoutNetwork(text: string, opa: Opa): string {
  const found = parse(text)
  const builtins = isFields(found) && Array.isArray(found.builtins) ? found.builtins : null
  if (builtins === null)
    throw new UserError(`--engine opa: ${opa.path} does not say what it is capable of`)
  return JSON.stringify({
    ...(found as object),
    builtins: builtins.filter(each => !isFields(each) || !refused.has(String(each.name))),
    allow_net: [],
  })
}

/** What opa said, as data; throws UserError where it ended in a way of its own. */
export function answerOf({ code, out, err }: Ended, opa: Opa): unknown {
  const answer = parse(out)
  if (answer !== undefined) return answer
  const [why = ''] = (err || out).trim().split('\n')
  throw new UserError(
    `--engine opa: ${opa.path} ended with ${code ?? 'a signal'}${why === '' ? '' : `: ${why}`}`,
  )
}

/** The errors in an answer of opa's, at the user's own files. */
export function errorsIn(answer: unknown, { nameOf }: Bundle): readonly RegoError[] {
  if (!isFields(answer) || !Array.isArray(answer.errors)) return []
  return answer.errors.map(each => errorOf(each, nameOf))
}

export function errorOf(value: unknown, nameOf: (file: string) => string): RegoError {
  const { message, code, location } = isFields(value) ? value : {}
  const at = isFields(location) ? location : null
  return new RegoError(
    codeOf(code),
    String(message ?? 'opa gives no reason'),
    at === null
      ? undefined
      : { file: nameOf(String(at.file ?? '')), row: Number(at.row) || 1, col: Number(at.col) || 1 },
  )
}

const codes = [
  'rego_parse_error',
  'rego_compile_error',
  'rego_type_error',
  'rego_unsafe_var_error',
  'rego_recursion_error',
  'eval_internal_error',
  'eval_conflict_error',
  'eval_type_error',
  'eval_builtin_error',
  'eval_with_merge_error',
] as const

function codeOf(value: unknown): RegoError['code'] {
  return codes.find(code => code === value) ?? 'eval_internal_error'
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
