// Wall time and peak memory of a scan, paired with Checkov in one run where it is installed beside it.
// node bench/scan.mjs FOLDER [--peer /path/to/checkov] [--runs 5]
// The corpus that is quoted: cloudposse/terraform-aws-components at tag 0.182.0 (558 files, 35,455 lines).
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

const args = process.argv.slice(2)
const option = (name, fallback) => {
  const at = args.indexOf(`--${name}`)
  return at < 0 ? fallback : args[at + 1]
}
const folder = args[0] && !args[0].startsWith('--') ? resolve(args[0]) : null
const runs = Number(option('runs', 5))
const peer = option('peer', 'checkov')
const bin = resolve('dist/batten.js')
const timer = existsSync('/usr/bin/time') ? ['/usr/bin/time', '-f', 'KB %M'] : []

const commands = { 'batten --version': [process.execPath, bin, '--version'] }
commands['one file'] = [
  process.execPath,
  bin,
  'iac',
  'examples/estate/storage.tf',
  '--soft-fail',
  '--format',
  'json',
]
if (folder) {
  commands.batten = [process.execPath, bin, 'iac', folder, '--soft-fail', '--format', 'ndjson']
  const found = spawnSync(peer, ['--version'], { encoding: 'utf8' })
  if (found.status === 0) {
    commands[`checkov ${found.stdout.trim()}`] = [
      peer,
      '-d',
      folder,
      '--framework',
      'terraform',
      '--quiet',
      '--compact',
      '-s',
      '-o',
      'json',
    ]
  } else console.log(`${peer} is not here: no peer to compare with`)
}

const results = new Map(Object.keys(commands).map(name => [name, []]))
for (const command of Object.values(commands)) measure(command)
for (let run = 0; run < runs; run++) {
  for (const [name, command] of Object.entries(commands)) results.get(name).push(measure(command))
}
for (const [name, list] of results) {
  const seconds = median(list.map(one => one.seconds))
  const mb = list[0].kb ? `, ${(median(list.map(one => one.kb)) / 1024).toFixed(0)} MB` : ''
  console.log(`${name}: ${(seconds * 1000).toFixed(0)} ms median of ${runs}${mb}`)
}
const other = [...results.keys()].find(name => name.startsWith('checkov'))
if (other) {
  const ratios = results
    .get('batten')
    .map((one, run) => results.get(other)[run].seconds / one.seconds)
  console.log(
    `batten is ${median(ratios).toFixed(1)} × faster than ${other} (pair by pair: ${ratios.map(ratio => ratio.toFixed(1)).join(' ')})`,
  )
}

function measure(command) {
  const [program, ...rest] = [...timer, ...command]
  const started = performance.now()
  const { stderr, status } = spawnSync(program, rest, {
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  if (status !== 0 && status !== 1 && status !== 3)
    throw new Error(`${command.join(' ')} exits ${status}: ${stderr.slice(-300)}`)
  return {
    seconds: (performance.now() - started) / 1000,
    kb: Number(/KB (\d+)/.exec(stderr)?.[1] ?? 0),
  }
}

function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]
}
