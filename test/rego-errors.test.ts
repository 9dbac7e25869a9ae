import { describe, expect, test } from 'vitest'
import { badModules, opaAnswers, ourErrors } from './opa/bad-modules.ts'

/** `npm run compare:rego -- errors` asks a real opa. */
describe('of bad modules opa’s code and row of the first error are told', () => {
  const answers = opaAnswers()
  const modules = badModules()

  test('there are at least 60, each with an answer of opa’s', () => {
    expect(modules.length).toBeGreaterThanOrEqual(60)
    expect(modules.map(({ name }) => name).sort()).toEqual(Object.keys(answers).sort())
    expect(Object.entries(answers).filter(([, errors]) => errors.length === 0)).toEqual([])
  })

  test.each(modules)('$name', module => {
    expect(ourErrors(module)[0]).toBe(answers[module.name]?.[0])
  })
})
