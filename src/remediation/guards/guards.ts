import { blasts } from '../action.ts'
import { environmentOf } from './environment.ts'
import type { Case, Guard, Ruling } from './guard.ts'
import { muted } from './mute.ts'
import { ownerOf } from './owner.ts'

/** Every guard that looks before a change, in the order of their messages. */
export const guards: readonly Guard[] = [
  {
    whether: 'changes are frozen',
    firm: true,
    rule: async on =>
      on.settings.freeze || (await on.freeze()) ? [{ held: 'changes are frozen', firm: true }] : [],
  },
  { whether: 'the resource is an exception', rule: exception },
  { whether: 'the finding is muted', rule: muted },
  { whether: 'the action may run unasked', rule: permission },
  { whether: 'the environment is a lower one', rule: environment },
  {
    whether: 'something still needs what the action would take away',
    rule: async ({ action, cloud, target, state, now }) =>
      held((await action.holds?.(cloud, target, state, now)) ?? []),
  },
  { whether: 'code owns the resource', rule: ownership },
  { whether: 'somebody undoes what is mended', rule: loop },
]

function permission({ action, finding, settings }: Case): readonly Ruling[] {
  const mode = settings.actions.get(action.id)
  if (mode === undefined)
    return [{ held: `the action ${action.id} is not switched on`, firm: true }]
  const reasons = []
  if (action.mode === 'approve') reasons.push(`${action.id} always waits for an approval`)
  else if (mode === 'approve') reasons.push(`${action.id} is set to wait for an approval`)
  if (blasts.indexOf(action.blast) > blasts.indexOf(settings.blast)) {
    reasons.push(`its blast class ${action.blast} is above ${settings.blast}`)
  }
  if (action.maybe?.includes(finding.CheckID)) {
    reasons.push(`${finding.CheckID} may fail for another reason than the one that it mends`)
  }
  return held(reasons)
}

async function environment({ target, settings, tags }: Case): Promise<readonly Ruling[]> {
  const name = environmentOf(target.account, await tags(), settings)
  return settings.lower.includes(name.toLowerCase()) ? [] : [{ held: `the environment is ${name}` }]
}

async function exception({ settings, tags }: Case): Promise<readonly Ruling[]> {
  const mark = Object.keys((await tags()) ?? {}).find(key =>
    settings.exceptionTags.includes(key.toLowerCase()),
  )
  return mark === undefined ? [] : [{ refused: `the resource has the exception tag ${mark}` }]
}

async function ownership({ target, settings, tags }: Case): Promise<readonly Ruling[]> {
  const owner = ownerOf(target.arn, await tags(), settings)
  if (owner === null || settings.mendOwned) return []
  return [{ held: `${owner} owns the resource and would revert the change: mend the code` }]
}

/** A person's undo counts until a person decides again; a program that reverts is met by a pause. */
function loop({ past, settings, now }: Case): readonly Ruling[] {
  const day = now.getTime() - 24 * 3_600_000
  const recent = past.fixed.filter(at => Date.parse(at) > day).length
  const { undone } = past
  return [
    ...held(undone ? [`${undone.by} undid this mend on ${undone.at}`] : []),
    ...held(
      recent >= settings.loop
        ? [
            `it was mended ${recent} times within a day: something reverts it, such as code that owns it`,
          ]
        : [],
    ),
  ]
}

function held(reasons: readonly string[]): readonly Ruling[] {
  return reasons.map(reason => ({ held: reason }))
}
