// `npm start`: the main job on both sides, the example estate's code and the example account;
// exits 0, since the mistakes in them are on purpose.
import { spawnSync } from 'node:child_process'

const extra = process.argv.slice(2)
const batten = [process.execPath, 'dist/batten.js']

scan('estate', [...batten, 'iac', 'examples/estate'])
// The account is served by this machine to this machine, with keys that open nothing.
scan('account', [...batten, 'sandbox', '--', ...batten, 'aws', '--severity', 'critical', 'high'])

function scan(name, [program, ...args]) {
  const { status } = spawnSync(
    program,
    [...args, '--soft-fail', '-M', 'html', 'json', '--output-filename', name, ...extra],
    { stdio: 'inherit' },
  )
  process.exitCode ||= status ?? 1
}
