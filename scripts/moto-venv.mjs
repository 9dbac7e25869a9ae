// Makes `.venv/moto`, where `npm run test:moto` finds the moto server; exits 1 with the reason where that cannot be.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'

const folder = '.venv/moto'
const wanted = readFileSync('test/moto/requirements.txt', 'utf8')
const installed = `${folder}/requirements.txt`

if (!existsSync(installed) || readFileSync(installed, 'utf8') !== wanted) {
  const reason = make()
  if (reason === undefined) writeFileSync(installed, wanted)
  else {
    process.stderr.write(`no moto server here: ${reason}\n`)
    process.exitCode = 1
  }
}

function make() {
  if (!existsSync(`${folder}/bin/pip`)) {
    rmSync(folder, { recursive: true, force: true })
    const reason = run('python3', '-m', 'venv', folder)
    if (reason !== undefined) return reason
  }
  process.stderr.write('batten: installing the moto server …\n')
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check']
  // Wheels only: nothing of theirs runs while they are installed.
  const what = ['--only-binary', ':all:', '-r', 'test/moto/requirements.txt']
  return run(`${folder}/bin/python`, ...pip, ...what)
}

/** Why it failed, in a line. */
function run(program, ...args) {
  const { error, status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' })
  if (error) return `${program}: ${error.code ?? error.message}`
  if (status === 0) return undefined
  const lines = `${stdout}\n${stderr}`.split('\n').filter(line => line.trim() !== '')
  return lines.find(line => /error|fail|not /i.test(line)) ?? `${program} exited with ${status}`
}
