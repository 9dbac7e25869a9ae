import { spawn } from 'node:child_process'
import { devNull } from 'node:os'
import { UserError } from '../../errors.ts'
import { HelpShown, parseArguments } from '../arguments.ts'
import type { Flag } from '../flags.ts'
import { onInterrupt } from '../interrupt.ts'

export const flags: readonly Flag[] = [
  {
    name: 'port',
    kind: 'number',
    most: 65_535,
    value: 'N',
    group: 'general',
    help: 'port on loopback (default: any that is free)',
  },
  {
    name: 'latency',
    kind: 'number',
    value: 'MS',
    group: 'general',
    help: 'milliseconds before each answer (default 0)',
  },
]

/** `batten sandbox [-- COMMAND…]`: the recorded account as a local endpoint, until it is stopped or COMMAND ends. */
export default async function sandbox(args: readonly string[]): Promise<number> {
  try {
    const split = args.indexOf('--')
    const own = split < 0 ? args : args.slice(0, split)
    const command = split < 0 ? [] : args.slice(split + 1)
    const parsed = parseArguments(
      {
        name: 'sandbox',
        about:
          'Serve an example AWS account on this machine alone. With -- COMMAND…, run COMMAND against it; else print the environment to set, and serve until stopped.',
        paths: '[-- COMMAND…]',
      },
      flags,
      own,
    )
    const [stray] = parsed.paths
    if (stray !== undefined) throw new UserError(`to run a command: batten sandbox -- ${stray} …`)
    if (split >= 0 && command.length === 0) throw new UserError('no command stands after --')
    return await serve(parsed.flags, command)
  } catch (error) {
    if (error instanceof HelpShown) return 0
    throw error
  }
}

async function serve(
  values: ReturnType<typeof parseArguments>['flags'],
  command: readonly string[],
): Promise<number> {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'
  const [{ startSandbox }, { recordedAccount }] = await Promise.all([
    import('../../sandbox/aws/index.ts'),
    import('../../sandbox/aws/estate/recorded-account.ts'),
  ])
  const { port, latency } = values
  const running = await startSandbox(recordedAccount(new Date()), {
    port: whole('port', port, 65_535),
    latency: whole('latency', latency, 60_000),
  }).catch(explainPort)
  try {
    const environment = sandboxEnvironment(running.url)
    if (command.length > 0) return await run(command, environment)
    // Before anybody is told that it serves: who reads that may stop it at once.
    const stopped = new Promise<void>(resolve => onInterrupt(resolve))
    const others = Object.keys(process.env).filter(
      name => /^AWS_\w+$/i.test(name) && !Object.hasOwn(environment, name),
    )
    if (others.length > 0) process.stdout.write(`unset ${others.join(' ')}\n`)
    for (const [name, value] of Object.entries(environment)) {
      process.stdout.write(`export ${name}=${value}\n`)
    }
    process.stderr.write('batten: serving the example account; stop with Ctrl-C\n')
    await stopped
    return 0
  } finally {
    await running.close()
  }
}

/** Dummy keys, and nothing that would lead to real ones. */
function sandboxEnvironment(url: string): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: 'AKIASANDBOX000000000',
    AWS_SECRET_ACCESS_KEY: 'sandbox',
    AWS_REGION: 'us-east-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    // What is on this machine goes through no proxy.
    NO_PROXY: [process.env.NO_PROXY ?? process.env.no_proxy, '127.0.0.1'].filter(Boolean).join(),
  }
}

/** COMMAND sees none of the caller's own AWS settings: no profile, no session, no file of credentials. */
async function run(
  [program = '', ...args]: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<number> {
  const outside = Object.entries(process.env).filter(([name]) => !/^(AWS_|no_proxy$)/i.test(name))
  const child = spawn(program, args, {
    stdio: 'inherit',
    env: { ...Object.fromEntries(outside), ...environment },
  })
  onInterrupt(() => child.kill('SIGINT'))
  return new Promise((resolve, reject) => {
    child.once('error', error => reject(new UserError(`cannot run '${program}': ${error.message}`)))
    child.once('close', (code, signal) => resolve(code ?? (signal === null ? 1 : 130)))
  })
}

function whole(name: string, value: unknown, most: number): number {
  if (value === undefined) return 0
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most) {
    return value
  }
  throw new UserError(`--${name} takes a whole number up to ${most}`)
}

function explainPort(error: unknown): never {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') throw new UserError('--port: another program listens there')
  if (code === 'EACCES') throw new UserError('--port: this user may not listen there')
  throw error
}
