import { asArray, member } from '../../plain.ts'

/** Close to what AWS answers: an Allow for everybody without a condition. */
export function isPublicPolicy(policy: string): boolean {
  return asArray(member(parse(policy), 'Statement')).some(
    one =>
      member(one, 'Effect') === 'Allow' &&
      member(one, 'Condition') === undefined &&
      asArray(member(one, 'Principal')).some(
        who => who === '*' || asArray(member(who, 'AWS')).includes('*'),
      ),
  )
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
