import { services } from '../checks/services.generated.ts'
import { severities } from '../finding.ts'

/** A flag as data: the command line, `BATTEN_*`, batten.yaml and the generated pages are all made from it. */
export interface Flag {
  /** Long name without dashes; also the key in batten.yaml. */
  readonly name: string
  readonly short?: string
  readonly kind: 'list' | 'text' | 'number' | 'boolean' | 'repeat'
  readonly value?: string
  readonly choices?: readonly string[]
  /** Values among others, which a folder of the same name does not change: `--services s3` beside `./s3`. */
  readonly known?: readonly string[]
  /** Of a number; default: no end. */
  readonly most?: number
  readonly help: string
  /** Not to be set by the environment. */
  readonly commandLineOnly?: boolean
  /**
   * Of a batten.yaml that was found and may lie in what is scanned: `named`, it may not set this unless --config names
   * it; `inside`, only to what lies in its own repository.
   */
  readonly file?: 'named' | 'inside'
  readonly group: 'select' | 'source' | 'noise' | 'report' | 'exit' | 'general'
}

const formats = ['json', 'ndjson', 'csv', 'html', 'sarif', 'junit', 'markdown'] as const
const gapKinds = ['modules', 'permissions', 'regions', 'files'] as const

export const scanFlags: readonly Flag[] = [
  {
    name: 'severity',
    kind: 'list',
    value: 'LEVEL',
    choices: severities,
    group: 'select',
    help: 'only checks of these severities',
  },
  {
    name: 'services',
    kind: 'list',
    value: 'SERVICE',
    known: services,
    group: 'select',
    help: 'only checks of these services (s3 iam ec2 …)',
  },
  {
    name: 'checks',
    kind: 'list',
    value: 'ID',
    group: 'select',
    help: 'only these checks, by id or alias',
  },
  {
    name: 'excluded-checks',
    kind: 'list',
    value: 'ID',
    group: 'select',
    help: 'all but these checks',
  },
  {
    name: 'compliance',
    kind: 'list',
    value: 'FRAMEWORK',
    group: 'select',
    help: 'only what these frameworks ask (batten compliance list)',
  },
  {
    name: 'status',
    kind: 'list',
    value: 'STATUS',
    choices: ['PASS', 'FAIL', 'UNKNOWN'],
    group: 'report',
    help: 'report only these verdicts',
  },
  { name: 'var', kind: 'repeat', value: 'K=V', group: 'source', help: 'value of a root variable' },
  {
    name: 'var-file',
    kind: 'repeat',
    value: 'FILE',
    group: 'source',
    file: 'inside',
    help: 'file of variable values; several are a matrix, each judged',
  },
  {
    name: 'skip-path',
    kind: 'repeat',
    value: 'GLOB',
    group: 'source',
    help: 'leave these paths out',
  },
  {
    name: 'policy-dir',
    kind: 'repeat',
    value: 'DIR',
    group: 'source',
    help: "folder of your own policies in Rego; 'policies' in batten.yaml",
  },
  {
    name: 'account-tag',
    kind: 'repeat',
    value: 'K=V',
    group: 'source',
    help: 'tag of the account, for policies: environment=production',
  },
  {
    name: 'engine',
    kind: 'text',
    value: 'ENGINE',
    choices: ['batten', 'opa'],
    group: 'source',
    help: 'what evaluates your policies: opa is the one on your PATH (default batten)',
  },
  {
    name: 'mutelist-file',
    kind: 'text',
    value: 'FILE',
    group: 'noise',
    file: 'inside',
    help: "mutes, in Prowler's mutelist format",
  },
  {
    name: 'baseline',
    kind: 'text',
    value: 'FILE',
    group: 'noise',
    file: 'inside',
    help: 'findings that are known already (batten baseline write)',
  },
  {
    name: 'new-only',
    kind: 'boolean',
    group: 'noise',
    help: 'report and count only what the baseline lacks',
  },
  {
    name: 'no-inline-skips',
    kind: 'boolean',
    group: 'noise',
    help: 'ignore skip comments in the code',
  },
  {
    name: 'output-formats',
    short: 'M',
    kind: 'list',
    value: 'FORMAT',
    choices: formats,
    group: 'report',
    help: 'write these reports',
  },
  {
    name: 'output-directory',
    kind: 'text',
    value: 'DIR',
    group: 'report',
    file: 'inside',
    help: 'folder of the reports (default ./output)',
  },
  {
    name: 'output-filename',
    kind: 'text',
    value: 'NAME',
    group: 'report',
    help: 'name of the reports without its ending',
  },
  {
    name: 'format',
    kind: 'text',
    value: 'FORMAT',
    choices: ['table', ...formats],
    group: 'report',
    help: 'print this format on standard output (default table)',
  },
  {
    name: 'fail-on',
    kind: 'text',
    value: 'LEVEL',
    choices: severities,
    group: 'exit',
    help: 'exit 1 only for findings at or above this severity',
  },
  { name: 'soft-fail', kind: 'boolean', group: 'exit', help: 'exit 0 in spite of findings' },
  {
    name: 'unknown',
    kind: 'text',
    value: 'MODE',
    choices: ['fail', 'report'],
    group: 'exit',
    help: 'whether UNKNOWN counts as a finding (default report)',
  },
  {
    name: 'accept-gap',
    kind: 'list',
    value: 'KIND',
    choices: gapKinds,
    group: 'exit',
    help: 'kinds of gaps that do not make the scan incomplete',
  },
  {
    name: 'min-coverage',
    kind: 'number',
    most: 100,
    value: 'PERCENT',
    group: 'exit',
    help: 'accept gaps while this share was decided',
  },
  {
    name: 'exit-code-on-fail',
    kind: 'number',
    most: 255,
    value: 'N',
    group: 'exit',
    help: "exit code for findings (Prowler's is 3)",
  },
  { name: 'quiet', kind: 'boolean', group: 'general', help: 'print no table and no remarks' },
  { name: 'no-color', kind: 'boolean', group: 'general', help: 'print no colours' },
  { name: 'no-progress', kind: 'boolean', group: 'general', help: 'show no progress' },
  { name: 'debug', kind: 'boolean', group: 'general', help: 'print traces of errors' },
  {
    name: 'config',
    kind: 'text',
    value: 'FILE',
    group: 'general',
    commandLineOnly: true,
    help: 'configuration file (default: batten.yaml here or above)',
  },
]

const codeOnly = new Set(['var', 'var-file', 'skip-path', 'no-inline-skips'])

export const awsFlags: readonly Flag[] = [
  ...scanFlags.filter(flag => !codeOnly.has(flag.name)),
  {
    name: 'region',
    kind: 'list',
    value: 'REGION',
    group: 'source',
    help: 'only these regions (default: all that the account has enabled)',
  },
  {
    name: 'profile',
    kind: 'text',
    value: 'NAME',
    group: 'source',
    commandLineOnly: true,
    file: 'named',
    help: 'profile of the shared AWS configuration',
  },
  {
    name: 'role',
    kind: 'repeat',
    value: 'ARN',
    group: 'source',
    commandLineOnly: true,
    file: 'named',
    help: 'role to assume first; several: an account each',
  },
  {
    name: 'external-id',
    kind: 'text',
    value: 'ID',
    group: 'source',
    commandLineOnly: true,
    file: 'named',
    help: 'external id that the roles ask for',
  },
  {
    name: 'send',
    kind: 'list',
    value: 'WHERE',
    choices: ['eventbridge'],
    group: 'report',
    file: 'named',
    help: 'put what fails and is new on an event bus, for remediation',
  },
  {
    name: 'bus',
    kind: 'text',
    value: 'NAME',
    group: 'report',
    file: 'named',
    help: 'name or ARN of that bus (default: the one called default)',
  },
]

/** Values by flag name, as they come from a command line, an environment or a file. */
export type FlagValues = Readonly<Record<string, string | number | boolean | readonly string[]>>
