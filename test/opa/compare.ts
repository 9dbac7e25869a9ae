// Comparisons with the real `opa` ($OPA, the one on the path, or one built with Go):
//   npm run compare:rego -- tests FOLDER…     `test_` rules of libraries
//   npm run compare:rego -- fmt FOLDER…       the layout of every .rego under them
//   npm run compare:rego -- errors [--write]  the bad modules of test/fixtures/rego-errors
import { compareErrors } from './errors.ts'
import { compareFormats } from './formats.ts'
import { compareTests } from './library-tests.ts'
import { findOpa, say } from './opa.ts'

const [what = '', ...args] = process.argv.slice(2)
const comparisons = new Map([
  ['tests', compareTests],
  ['fmt', compareFormats],
  ['errors', compareErrors],
])
const compare = comparisons.get(what)
const opa = findOpa()
if (compare === undefined) {
  say(`npm run compare:rego -- ${[...comparisons.keys()].join('|')} …`)
  process.exitCode = 2
} else if (opa === null) say('no opa here, and no Go to build it with')
else process.exitCode = compare(opa, args) ? 0 : 1
