import { expect, test } from 'vitest'
import { Absent, Missing } from '../../resource.ts'
import { some } from '../decide.ts'
import { hasManagedPolicy } from './identity.ts'

const attached = (...arns: (string | Absent)[]) => {
  // The view hands out partly known text in the string's place.
  const list = Object.assign(arns as string[], {
    some: (test: (arn: string) => boolean) => some(arns as string[], test),
  })
  return hasManagedPolicy({ inline_policy: [], managed_policy_arns: list }, 'AdministratorAccess')
}
const hole = (reason: string, ...parts: (string | null)[]) =>
  new Absent('unresolved', reason, { parts })

test('AWS’s own policy of that name, in any partition', () => {
  expect(attached('arn:aws:iam::aws:policy/AdministratorAccess')).toBe(true)
  expect(attached('arn:aws-cn:iam::aws:policy/AdministratorAccess')).toBe(true)
  expect(attached('arn:aws:iam::aws:policy/ReadOnlyAccess')).toBe(false)
  expect(attached('arn:aws:iam::111122223333:policy/AdministratorAccess')).toBe(false)
  expect(attached()).toBe(false)
})

test('partly known', () => {
  const partition = 'data.aws_partition.p.partition is known only when Terraform runs'
  expect(attached(hole(partition, 'arn:', null, ':iam::aws:policy/AdministratorAccess'))).toBe(true)
  expect(attached(hole(partition, 'arn:', null, ':iam::aws:policy/ReadOnlyAccess'))).toBe(false)
  expect(attached(hole('aws_iam_policy.app.arn is known after apply', 'arn:', null))).toBe(false)
  expect(() => attached(hole('var.policy has no value', 'arn:aws:iam::aws:policy/', null))).toThrow(
    Missing,
  )
})
