import { both, either } from './decide.ts'

/** What of a trail decides which events it logs. */
export interface Trail {
  readonly event_selector: readonly EventSelector[]
  readonly advanced_event_selector: readonly AdvancedEventSelector[]
}

interface EventSelector {
  readonly include_management_events: boolean
  readonly read_write_type: string
  readonly data_resource: readonly { readonly type: string; readonly values: readonly string[] }[]
}

interface AdvancedEventSelector {
  readonly field_selector: readonly {
    readonly field: string
    readonly equals: readonly string[]
    readonly starts_with: readonly string[]
  }[]
}

export type Access = 'read' | 'write'

/** Without any selector a trail logs all management events and no data events. */
export function logsManagementEvents(trail: Trail, access: Access): boolean {
  const hasNoSelector = () =>
    both(
      () => !trail.event_selector.some(() => true),
      () => !trail.advanced_event_selector.some(() => true),
    )
  return either(
    hasNoSelector,
    () =>
      trail.event_selector.some(selector =>
        both(
          () => selector.include_management_events,
          () => logs(selector, access),
        ),
      ),
    () =>
      trail.advanced_event_selector.some(selector =>
        both(
          () => selects(selector, 'eventCategory', /^Management$/),
          () => allows(selector, access),
        ),
      ),
  )
}

/** Whether reading, or writing, of every object of every bucket is logged. */
export function logsObjectEvents(trail: Trail, access: Access): boolean {
  return either(
    () =>
      trail.event_selector.some(selector =>
        both(
          () => logs(selector, access),
          () => selector.data_resource.some(isEveryObject),
        ),
      ),
    () =>
      trail.advanced_event_selector.some(selector =>
        both(
          () => selectsType(selector, /^AWS::S3::Object$/),
          () => allows(selector, access),
          () =>
            !selector.field_selector.some(({ field }) =>
              /^(?:resources\.ARN|eventName)$/.test(field),
            ),
        ),
      ),
  )
}

export function selectsType(selector: AdvancedEventSelector, type: RegExp): boolean {
  return selects(selector, 'resources.type', type)
}

function selects(selector: AdvancedEventSelector, name: string, wanted: RegExp): boolean {
  return selector.field_selector.some(
    ({ field, equals }) => field === name && equals.some(value => wanted.test(value)),
  )
}

/** `readOnly` narrows to one of the two. */
function allows(selector: AdvancedEventSelector, access: Access): boolean {
  const wanted = access === 'read' ? 'true' : 'false'
  return selector.field_selector.every(
    ({ field, equals }) => field !== 'readOnly' || equals.some(value => value === wanted),
  )
}

function logs(selector: EventSelector, access: Access): boolean {
  return ['All', access === 'read' ? 'ReadOnly' : 'WriteOnly'].includes(selector.read_write_type)
}

function isEveryObject(resource: EventSelector['data_resource'][number]): boolean {
  return both(
    () => resource.type === 'AWS::S3::Object',
    () => resource.values.some(value => /^arn:[^:]+:s3(?::::)?$/.test(value)),
  )
}
