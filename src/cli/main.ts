#!/usr/bin/env node
import { leave, onInterrupt } from './interrupt.ts'
import { version } from './version.ts'

/** Command → its file: nothing is loaded that the command does not need. */
const commands = {
  aws: () => import('./commands/aws.ts'),
  doctor: () => import('./commands/doctor.ts'),
  iac: () => import('./commands/iac.ts'),
  scan: () => import('./commands/scan.ts'),
  checks: () => import('./commands/checks.ts'),
  compliance: () => import('./commands/compliance.ts'),
  baseline: () => import('./commands/baseline.ts'),
  mutes: () => import('./commands/mutes.ts'),
  policy: () => import('./commands/policy.ts'),
  remediate: () => import('./commands/remediate.ts'),
  sandbox: () => import('./commands/sandbox.ts'),
} as const

export interface Command {
  readonly default: (args: readonly string[]) => Promise<number>
}

const [name, ...args] = process.argv.slice(2)
quietOnClosedPipe()
onInterrupt(leave)
process.exitCode = await main()

async function main(): Promise<number> {
  if (name === '--version' || name === '-V' || name === '-v') {
    process.stdout.write(`${version}\n`)
    return 0
  }
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    const { help } = await import('./help.ts')
    process.stdout.write(help())
    return 0
  }
  try {
    if (!isCommand(name)) {
      const { unknownCommand } = await import('./help.ts')
      throw unknownCommand(name, Object.keys(commands))
    }
    const command: Command = await commands[name]()
    return await command.default(args)
  } catch (error) {
    const { explain } = await import('./explain.ts')
    return explain(error, process.argv.includes('--debug'))
  }
}

function isCommand(word: string): word is keyof typeof commands {
  return Object.hasOwn(commands, word)
}

/** `batten … | head` closes the pipe: that is no error. */
function quietOnClosedPipe(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', error => {
      if ((error as NodeJS.ErrnoException).code === 'EPIPE') process.exit(process.exitCode ?? 0)
      throw error
    })
  }
}
