import { UserError } from '../errors.ts'
import { type Blast, blasts } from './action.ts'

/** What an installation allows. Left out, everything is off: findings are queued and nothing changes. */
export interface Settings {
  /** Stops every change, whatever else is set. */
  readonly freeze: boolean
  /** Action → how it may run. What is not listed is off. */
  readonly actions: ReadonlyMap<string, 'auto' | 'approve'>
  /** Environments in which `auto` needs no approval. Every other one, and an unknown one, is production. */
  readonly lower: readonly string[]
  /** Account id → environment. A resource's tag cannot lower it. */
  readonly accounts: ReadonlyMap<string, string>
  readonly environmentTags: readonly string[]
  /** A resource with one of these tags is left alone. */
  readonly exceptionTags: readonly string[]
  /** The gravest blast that runs unasked. */
  readonly blast: Blast
  readonly perHour: number
  /** Of all resources of a kind, the part that one action may change in a day; up to `few` always. */
  readonly share: number
  readonly few: number
  /** So many mends of one resource by one action within a day: somebody else undoes them. */
  readonly loop: number
  /** Accounts whose events may speak of other accounts and regions: where the scanner runs. */
  readonly reporters: readonly string[]
  /** Empty: any that is not AWS's own. */
  readonly sources: readonly string[]
  /** Empty: any. */
  readonly detailTypes: readonly string[]
  /** `name` or `name=value`: a tag that infrastructure as code puts on what it owns. */
  readonly codeTags: readonly string[]
  /** ResourceId → where the code declares it. */
  readonly owners: ReadonlyMap<string, string>
  /** Whether what code owns is mended all the same in a lower environment. */
  readonly mendOwned: boolean
  /** Slack user ids, e-mail addresses or ARNs; empty: nobody can approve. */
  readonly approvers: readonly string[]
  readonly approvalMinutes: number
  /** Prowler's mutelist, as text. */
  readonly mutelist: string | null
  /** Where actions put things: `logBucket`, `flowLogBucket`. */
  readonly options: Readonly<Record<string, string>>
}

export const defaults: Settings = {
  freeze: false,
  actions: new Map(),
  lower: ['dev', 'development', 'test', 'testing', 'qa', 'sandbox'],
  accounts: new Map(),
  environmentTags: ['environment', 'env', 'stage'],
  exceptionTags: ['batten:exception', 'public-ok'],
  blast: 'B2',
  perHour: 20,
  share: 0.1,
  few: 3,
  loop: 2,
  reporters: [],
  sources: [],
  detailTypes: [],
  codeTags: [
    'aws:cloudformation:stack-name',
    'terraform',
    'managed-by=terraform',
    'managedby=terraform',
    'managed-by=pulumi',
    'managedby=pulumi',
  ],
  owners: new Map(),
  mendOwned: false,
  approvers: [],
  approvalMinutes: 60,
  mutelist: null,
  options: {},
}

/** Reads the settings as they stand in batten.yaml under `remediation`, or in the Lambda's parameter. A word that it does not know is an error. */
export function readSettings(value: unknown, where: string): Settings {
  if (value === null || value === undefined) return defaults
  const fields = mapOf(value, where)
  const known = new Set<string>(Object.keys(defaults))
  for (const key of fields.keys()) {
    if (!known.has(key)) throw new UserError(`${where}: unknown setting '${key}'`)
  }
  const read = <T>(
    key: keyof Settings,
    parse: (value: unknown, where: string) => T,
    usual: T,
  ): T => (fields.has(key) ? parse(fields.get(key), `${where}.${key}`) : usual)
  return {
    freeze: read('freeze', flag, defaults.freeze),
    actions: read('actions', modes, defaults.actions),
    lower: read('lower', lowerTexts, defaults.lower),
    accounts: read('accounts', textMap, defaults.accounts),
    environmentTags: read('environmentTags', lowerTexts, defaults.environmentTags),
    exceptionTags: read('exceptionTags', lowerTexts, defaults.exceptionTags),
    blast: read('blast', oneOf(blasts), defaults.blast),
    perHour: read('perHour', count, defaults.perHour),
    share: read('share', part, defaults.share),
    few: read('few', count, defaults.few),
    loop: read('loop', count, defaults.loop),
    reporters: read('reporters', texts, defaults.reporters),
    sources: read('sources', texts, defaults.sources),
    detailTypes: read('detailTypes', texts, defaults.detailTypes),
    codeTags: read('codeTags', lowerTexts, defaults.codeTags),
    owners: read('owners', textMap, defaults.owners),
    mendOwned: read('mendOwned', flag, defaults.mendOwned),
    approvers: read('approvers', texts, defaults.approvers),
    approvalMinutes: read('approvalMinutes', minutes, defaults.approvalMinutes),
    mutelist: read('mutelist', text, defaults.mutelist),
    options: read('options', (each, at) => Object.fromEntries(textMap(each, at)), defaults.options),
  }
}

function modes(value: unknown, where: string): ReadonlyMap<string, 'auto' | 'approve'> {
  const mode = oneOf(['auto', 'approve', 'off'] as const)
  const all = [...mapOf(value, where)].map(
    ([id, each]) => [id, mode(each === false ? 'off' : each, `${where}.${id}`)] as const,
  )
  return new Map(all.flatMap(([id, each]) => (each === 'off' ? [] : [[id, each] as const])))
}

function mapOf(value: unknown, where: string): ReadonlyMap<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UserError(`${where} is a map`)
  }
  return new Map(Object.entries(value))
}

function textMap(value: unknown, where: string): ReadonlyMap<string, string> {
  return new Map(
    [...mapOf(value, where)].map(([key, each]) => [key, text(each, `${where}.${key}`)]),
  )
}

function texts(value: unknown, where: string): readonly string[] {
  if (!Array.isArray(value)) throw new UserError(`${where} is a list of texts`)
  return value.map(each => text(each, where))
}

function lowerTexts(value: unknown, where: string): readonly string[] {
  return texts(value, where).map(each => each.toLowerCase())
}

function text(value: unknown, where: string): string {
  if (typeof value === 'number') throw new UserError(`${where}: write the number in quotes`)
  if (typeof value !== 'string') throw new UserError(`${where} is a text`)
  return value
}

function flag(value: unknown, where: string): boolean {
  if (typeof value !== 'boolean') throw new UserError(`${where} is true or false`)
  return value
}

function count(value: unknown, where: string): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) {
    throw new UserError(`${where} is a whole number from 0`)
  }
  return value
}

function minutes(value: unknown, where: string): number {
  const number = count(value, where)
  if (number < 1 || number > 60) throw new UserError(`${where} is 1 to 60`)
  return number
}

function part(value: unknown, where: string): number {
  if (typeof value !== 'number' || !(value >= 0 && value <= 1)) {
    throw new UserError(`${where} is a number from 0 to 1`)
  }
  return value
}

function oneOf<T extends string>(choices: readonly T[]) {
  return (value: unknown, where: string): T => {
    const match = choices.find(choice => choice === value)
    if (match === undefined) throw new UserError(`${where} is one of ${choices.join(', ')}`)
    return match
  }
}
