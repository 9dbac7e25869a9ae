import { RegoError } from '../error.ts'
import { spend } from '../eval/machine.ts'
import { parseModule } from '../syntax/module.ts'
import { moduleJson } from '../syntax/to-json.ts'
import { type BuiltinFunction, failure } from './builtin.ts'
import { string } from './operands.ts'

export const rego: Readonly<Record<string, BuiltinFunction>> = {
  'rego.parse_module': (m, a, b) => {
    const [file, text] = [string(a, 1), string(b, 2)]
    spend(m, text.length * 4)
    try {
      return moduleJson(parseModule(file, text, m.legacy ? 'v0' : 'v1'))
    } catch (error) {
      if (error instanceof RegoError) throw failure(error.message)
      throw error
    }
  },
  // Tracing is for debuggers: here it only succeeds.
  trace: (_, a) => {
    string(a, 1)
    return true
  },
}
