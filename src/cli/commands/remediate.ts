import { readConfig } from '../../config.ts'
import { UserError } from '../../errors.ts'
import { record } from '../../remediation/approval/decide.ts'
import { isOfAws, isWithoutCredentials, reasonOf } from '../../remediation/aws/open-cloud.ts'
import { preview } from '../../remediation/preview.ts'
import { verify } from '../../remediation/record/entry.ts'
import type { Job } from '../../remediation/record/job.ts'
import { remediate as mend } from '../../remediation/remediate.ts'
import { readSettings, type Settings } from '../../remediation/settings.ts'
import { ownersOf } from '../../remediation/terminal/owners.ts'
import { callLines, jobLine, previewText, proposalLines } from '../../remediation/terminal/print.ts'
import { readFindings } from '../../remediation/terminal/read-findings.ts'
import { terminalTools } from '../../remediation/terminal/tools.ts'
import { undo } from '../../remediation/undo.ts'
import { jsonText, plain, plainLines } from '../../text.ts'
import { HelpShown, parseArguments } from '../arguments.ts'
import type { FlagValues } from '../flags.ts'
import { proposer } from '../propose.ts'
import { remediateFlags } from '../remediate-flags.ts'

type Terminal = ReturnType<typeof terminalTools>

interface Asked {
  readonly words: readonly string[]
  readonly flags: FlagValues
  readonly tools: Terminal
}

const acts = { plan, apply, undo: takeBack, list, approve, verify: check } as const

export const verbs: readonly string[] = Object.keys(acts)
export { remediateFlags as flags }

/** `batten remediate plan|apply FILE`, `undo|approve JOB`, `list`, `verify` */
export default async function remediate(args: readonly string[]): Promise<number> {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'
  const [verb = '', ...rest] = args
  const isHelp = verb === '--help' || verb === '-h'
  if (!isHelp && !isVerb(verb)) {
    throw new UserError(
      'usage: batten remediate plan|apply FILE, undo|approve JOB, list or verify (--help tells more)',
    )
  }
  const about = 'Mend what a scan found, undo it, and look after the record.'
  const name = isVerb(verb) ? `remediate ${verb}` : 'remediate'
  try {
    const { paths, flags: given } = parseArguments(
      {
        name,
        about,
        paths: isVerb(verb) ? operands[verb] : '<plan|apply|undo|list|approve|verify>',
      },
      remediateFlags,
      isHelp ? ['--help'] : rest,
    )
    if (!isVerb(verb)) return 0
    const tools = await open(given)
    try {
      return await acts[verb]({ words: paths, flags: given, tools })
    } finally {
      tools.close()
    }
  } catch (error) {
    if (error instanceof HelpShown) return 0
    return unreached(error)
  }
}

/** What AWS refuses, or that it is not there, is no bug of ours. */
function unreached(error: unknown): number {
  if (error instanceof UserError || !isOfAws(error)) throw error
  if (isWithoutCredentials(error)) {
    throw new UserError(
      `no AWS credentials: ${reasonOf(error)}; set AWS_PROFILE or AWS_ACCESS_KEY_ID, or name a --profile`,
    )
  }
  process.stderr.write(`batten: ${plain(reasonOf(error))}\n`)
  return 3
}

const operands = {
  plan: 'FINDINGS.json',
  apply: 'FINDINGS.json',
  undo: 'JOB',
  approve: 'JOB',
  list: '',
  verify: '',
} as const

function isVerb(word: string): word is keyof typeof acts {
  return Object.hasOwn(acts, word)
}

async function plan({ words, flags: { format, code }, tools }: Asked): Promise<number> {
  const failing = readFindings(one(words, 'FINDINGS.json')).filter(each => each.Status === 'FAIL')
  const propose = await proposer(listed(code), failing, tools.settings)
  const previews = []
  for (const finding of failing) {
    const made = await preview(finding, tools)
    const proposal = propose(finding)
    previews.push({ ...made, code: proposal })
    if (format !== 'json') print([previewText(made), ...proposalLines(proposal)].join('\n'))
  }
  if (format === 'json') print(jsonText(previews, 2))
  return previews.some(({ outcome }) => outcome === 'FAILED') ? 3 : 0
}

async function apply(asked: Asked): Promise<number> {
  const { words, flags: given, tools } = asked
  if (given['dry-run'] === true) return plan(asked)
  const failing = readFindings(one(words, 'FINDINGS.json')).filter(each => each.Status === 'FAIL')
  const propose = await proposer(listed(given.code), failing, tools.settings)
  const ends = new Set<string>()
  const jobs: Job[] = []
  for (const finding of failing) {
    const proposal = propose(finding)
    // Whoever is asked sees the change of the code itself, where there is one.
    const Terraform = proposal && 'patch' in proposal ? fitting(proposal.patch) : null
    const event = {
      detail: {
        finding: JSON.stringify({
          ...finding,
          Remediation: { Code: { Terraform: Terraform ?? finding.Terraform } },
        }),
      },
    }
    const id = await endOf(() => mend(event, tools))
    const job = id === null ? null : await tools.store.job(id)
    if (!job) continue
    ends.add(job.outcome ?? '')
    jobs.push(job)
    if (given.format !== 'json')
      print(
        [
          jobLine(job),
          ...(job.outcome === 'FIXED' ? callLines(job.plan?.calls ?? []) : []),
          ...proposalLines(proposal),
        ].join('\n'),
      )
  }
  if (given.format === 'json') print(jsonText(jobs, 2))
  if (ends.has('PARTIAL') || ends.has('FAILED')) return 3
  return ends.has('QUEUED') ? 1 : 0
}

/** A finding takes no more of it than this. */
function fitting(patch: string): string | null {
  return patch === '' || patch.length > 8192 ? null : patch
}

/** PARTIAL and FAILED are thrown, for a queue to see; here the record tells them. */
async function endOf(work: () => Promise<object>): Promise<string | null> {
  try {
    const result = await work()
    return 'job' in result && typeof result.job === 'string' ? result.job : null
  } catch (error) {
    if (error instanceof Error && 'job' in error && typeof error.job === 'string') return error.job
    throw error
  }
}

async function takeBack({ words, flags: given, tools }: Asked): Promise<number> {
  const dryRun = given['dry-run'] === true
  const by = dryRun ? '' : await tools.caller()
  const done = await undo(one(words, 'JOB'), { by, force: given.force === true, dryRun }, tools)
  print([...callLines(done.calls), ...done.why.map(reason => `  ${reason}`)].join('\n'))
  if (dryRun) return 0
  print(done.restored ? 'restored' : 'not restored')
  return done.restored ? 0 : 3
}

async function list({ flags: { status, format }, tools }: Asked): Promise<number> {
  const wanted = Array.isArray(status) ? status : []
  const jobs: Job[] = []
  for await (const job of tools.store.jobs()) {
    if (wanted.length === 0 || wanted.includes(job.state)) jobs.push(job)
  }
  jobs.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : a.id < b.id ? -1 : 1))
  print(format === 'json' ? jsonText(jobs, 2) : jobs.map(jobLine).join('\n'))
  return 0
}

async function approve({ words, flags: given, tools }: Asked): Promise<number> {
  const id = one(words, 'JOB')
  const job = await tools.store.job(id)
  if (!job?.offer || job.state !== 'queued') {
    throw new UserError(
      job ? `nothing is to be decided: the job is ${job.state}` : `there is no job ${id}`,
    )
  }
  if (Date.parse(job.offer.expires) <= tools.now().getTime()) {
    throw new UserError(`the offer of ${id} has expired: apply the finding again`)
  }
  const by = await tools.caller()
  const { approvers } = tools.settings
  if (approvers.length > 0 && !approvers.includes(by)) {
    throw new UserError(`${by} is not among the approvers`)
  }
  const decision = given.reject === true ? 'rejected' : 'approved'
  const decided = await record(job, decision, { by, via: 'terminal' }, tools)
  if (!decided.ok) throw new UserError(decided.why)
  if (decision === 'rejected' || typeof given.invoke === 'string') {
    print(jobLine(decided.job))
    return 0
  }
  await endOf(() => mend({ approved: id }, tools))
  const after = await tools.store.job(id)
  if (after) print([jobLine(after), ...callLines(after.ran.map(({ call }) => call))].join('\n'))
  return after?.outcome === 'FIXED' || after?.outcome === 'ALREADY_OK' ? 0 : 3
}

async function check({ flags: { format }, tools }: Asked): Promise<number> {
  const found = await verify(tools.store.entries(), await tools.store.head())
  if (format === 'json') print(jsonText(found, 2))
  else if (found.fault === null) print(`${found.entries} entries, unbroken; head ${found.head}`)
  else print(`broken: ${found.fault}; ${found.entries} entries before it hold`)
  return found.fault === null ? 0 : 1
}

async function open(given: FlagValues): Promise<Terminal> {
  const text = (name: string) => {
    const value = given[name]
    return typeof value === 'string' ? value : null
  }
  const profile = text('profile')
  if (profile !== null) process.env.AWS_PROFILE = profile
  const config = await readConfig(text('config') ?? undefined, process.cwd())
  const settings = readSettings(config?.values.get('remediation'), `${config?.file}: remediation`)
  return terminalTools({
    settings: withOwners(settings, given.state),
    env: process.env,
    record: text('record') ?? '.batten/remediation',
    table: text('table'),
    region:
      text('region') ?? process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION ?? 'us-east-1',
    role: text('role'),
    externalId: text('external-id'),
    freezeParameter: text('freeze-parameter'),
    mender: text('invoke'),
    warn: line => process.stderr.write(`${line}\n`),
  })
}

function withOwners(settings: Settings, files: FlagValues[string] | undefined): Settings {
  const owned = listed(files).flatMap(file => [...ownersOf(file)])
  return { ...settings, owners: new Map([...settings.owners, ...owned]) }
}

function listed(value: FlagValues[string] | undefined): readonly string[] {
  return Array.isArray(value) ? value : []
}

function one(words: readonly string[], what: string): string {
  const [first, second] = words
  if (first === undefined || second !== undefined) throw new UserError(`name one ${what}`)
  return first
}

function print(text: string): void {
  if (text !== '') process.stdout.write(`${plainLines(text)}\n`)
}
