import { number, object, string, unknown } from '../make.ts'
import { extend, type Scope } from '../scope.ts'
import { anyKey, type Expansion, type InstanceKey } from './expansion.ts'

export function* instanceKeys(expansion: Expansion): Generator<InstanceKey> {
  switch (expansion.kind) {
    case 'single':
      yield null
      return
    case 'count':
      for (let i = 0; i < expansion.count; i++) yield i
      return
    case 'each':
      yield* expansion.entries.keys()
      return
    case 'unknown':
      if (expansion.isRefused !== true) yield anyKey
  }
}

/** The scope of one instance: `count.index`, or `each.key` and `each.value`. */
export function instanceScope(scope: Scope, expansion: Expansion, key: InstanceKey): Scope {
  switch (expansion.kind) {
    case 'single':
      return scope
    case 'count': {
      const index = typeof key === 'number' ? number(key) : unknown('number', 'count.index')
      return extend(scope, new Map([['count', object([['index', index]])]]))
    }
    case 'each': {
      const name = typeof key === 'string' ? key : ''
      const value = expansion.entries.get(name) ?? unknown('dynamic', 'each.value')
      const each = object([
        ['key', string(name)],
        ['value', value],
      ])
      return extend(scope, new Map([['each', each]]))
    }
    case 'unknown': {
      if (expansion.of === 'count') {
        const index = unknown('number', expansion.reason, expansion.marks)
        return extend(scope, new Map([['count', object([['index', index]])]]))
      }
      const each = object([
        ['key', unknown('string', expansion.reason, expansion.marks)],
        ['value', unknown('dynamic', expansion.reason, expansion.marks)],
      ])
      return extend(scope, new Map([['each', each]]))
    }
  }
}
