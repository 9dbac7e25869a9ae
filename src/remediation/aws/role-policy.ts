import type { Action } from '../action.ts'

/** How a template names the account that the role stands in: `${AWS::AccountId}`. */
export interface Place {
  readonly partition: string
  readonly account: string
}

export interface Statement {
  readonly actions: readonly string[]
  readonly resources: readonly string[]
  /** IAM's condition block: operator → key → values. */
  readonly condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>
}

/** What the role of one action holds: all that a session of it may ask for, on every resource of its kind in the account. */
export function mendStatements(action: Action, place: Place): readonly Statement[] {
  const { read, write } = action.permissions
  return [{ actions: sorted(read), resources: ['*'] }, ...changes([action], () => write, place)]
}

/** What the role for undoing holds: the way back of every action, and no mend. */
export function undoStatements(actions: readonly Action[], place: Place): readonly Statement[] {
  const read = actions.flatMap(action => action.permissions.read)
  return [
    { actions: sorted(read), resources: ['*'] },
    ...changes(actions, action => action.permissions.undo, place),
  ]
}

/** One statement for what goes to the same resources. */
function changes(
  actions: readonly Action[],
  permissions: (action: Action) => readonly string[],
  place: Place,
): readonly Statement[] {
  const byResources = new Map<string, { actions: string[]; resources: readonly string[] }>()
  const special = new Set<string>()
  for (const action of actions) {
    const resources = resourcePatterns(action, place)
    const key = resources.join()
    const known = byResources.get(key) ?? { actions: [], resources }
    byResources.set(key, known)
    for (const permission of permissions(action)) {
      if (conditional.has(permission)) special.add(permission)
      else known.actions.push(permission)
    }
  }
  const plain = [...byResources.values()].filter(group => group.actions.length > 0)
  return [
    ...plain.map(group => ({ actions: sorted(group.actions), resources: group.resources })),
    ...[...special].sort().flatMap(permission => {
      const narrowed = conditional.get(permission)?.(place)
      return narrowed ? [{ actions: [permission], ...narrowed }] : []
    }),
  ]
}

type Narrowed = Omit<Statement, 'actions'>

/** What IAM asks for beside the call itself: only in company of that call. */
const conditional = new Map<string, (place: Place) => Narrowed>([
  [
    'ec2:CreateTags',
    ({ partition, account }) => ({
      resources: [
        `arn:${partition}:ec2:*:${account}:security-group-rule/*`,
        `arn:${partition}:ec2:*:${account}:vpc-flow-log/*`,
      ],
      condition: {
        StringEquals: {
          'ec2:CreateAction': [
            'AuthorizeSecurityGroupEgress',
            'AuthorizeSecurityGroupIngress',
            'CreateFlowLogs',
          ],
        },
      },
    }),
  ],
  [
    'iam:CreateServiceLinkedRole',
    ({ partition, account }) => ({
      resources: [`arn:${partition}:iam::${account}:role/aws-service-role/*`],
      condition: {
        StringEquals: {
          'iam:AWSServiceName': ['access-analyzer.amazonaws.com', 'guardduty.amazonaws.com'],
        },
      },
    }),
  ],
])

/** The action's resources in any region, as IAM's patterns. */
function resourcePatterns(action: Action, { partition, account }: Place): readonly string[] {
  const arn = action.arn ? patternOf(action.arn.source, { partition, account }) : '*'
  const target = { partition, account, region: '*', arn, name: '*' }
  return action.resources?.(target) ?? [arn]
}

/**
 * An ARN's regular expression as IAM's pattern, which knows only `*`: a class, a choice and what may be left out become
 * one, so that the pattern takes every ARN that the expression takes.
 */
function patternOf(source: string, { partition, account }: Place): string {
  const parts = source.matchAll(
    /(?<partition>aws\[\\w-\]\*)|(?<account>\\d\{12\})|(?<any>\((?:\?:)?[^()]*\|[^()]*\)|\((?:\?:)?[^()]*\)[?*]|(?:\[[^\]]*\]|\\[wd])(?:[+*?]|\{[\d,]+\})?)|(?<mark>[\^$()]|\?<\w+>|\?:)|\\(?<escaped>.)|(?<plain>.)/g,
  )
  let pattern = ''
  for (const { groups = {} } of parts) {
    if (groups.partition) pattern += partition
    else if (groups.account) pattern += account
    else if (groups.any) pattern += '*'
    else pattern += groups.escaped ?? groups.plain ?? ''
  }
  return pattern.replace(/\*+/g, '*')
}

function sorted(permissions: readonly string[]): readonly string[] {
  return [...new Set(permissions)].sort()
}
