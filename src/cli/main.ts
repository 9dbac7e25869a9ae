#!/usr/bin/env node
import { commandNames, loadCommand } from './commands.ts'
import { leave, onInterrupt } from './interrupt.ts'
import { version } from './version.ts'

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
    const command = await loadCommand(name)
    if (command === null) {
      const { unknownCommand } = await import('./help.ts')
      throw unknownCommand(name, commandNames)
    }
    return await command.default(args)
  } catch (error) {
    const { explain } = await import('./explain.ts')
    return explain(error, process.argv.includes('--debug'))
  }
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
