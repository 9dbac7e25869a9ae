// An estate so many times over.
import type { Estate } from '../src/sandbox/aws/estate.ts'

/** Every resource so many times, buckets perhaps fewer times, each copy with names and ids of its own. */
export function multiplied(estate: Estate, copies: number, bucketCopies = copies): Estate {
  const lists = <T>(of: T, times = copies): T => {
    if (typeof of !== 'object' || of === null) return of
    const entries = Object.entries(of).map(([name, value]) => [
      name,
      Array.isArray(value) && value.every(each => typeof each === 'object')
        ? Array.from({ length: times }, (_, copy) => value.map(each => renamed(each, copy))).flat()
        : value,
    ])
    return { ...of, ...Object.fromEntries(entries) }
  }
  const regions = <T extends object>(of: T | undefined): T | undefined =>
    of && {
      ...of,
      ...Object.fromEntries(Object.entries(of).map(([name, each]) => [name, lists(each)])),
    }
  const { s3, iam, ec2, rds, kms } = estate
  return {
    ...estate,
    s3: lists(s3, bucketCopies),
    iam: lists(iam),
    ec2: regions(ec2),
    rds: regions(rds),
    kms: regions(kms),
  } as Estate
}

function renamed<T>(value: T, copy: number, key = ''): T {
  if (copy === 0 || value instanceof Date) return value
  if (typeof value === 'string') return renamedText(value, copy, key) as T
  if (Array.isArray(value)) return value.map(each => renamed(each, copy, key)) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, renamed(each, copy, name)]),
  ) as T
}

function renamedText(text: string, copy: number, key: string): string {
  if (/^[a-z]{1,12}-[0-9a-f]{8,17}$/.test(text))
    return `${text.slice(0, -4)}${(copy + 4096).toString(16).padStart(4, '0')}`
  if (/^(Name|KeyId|UserName|RoleName|GroupName|PolicyName|DB\w+Identifier)$/.test(key))
    return `${text}-c${copy}`
  return /^(Arn|KeyArn|DB\w+Arn)$/.test(key) ? `${text}-c${copy}` : text
}
