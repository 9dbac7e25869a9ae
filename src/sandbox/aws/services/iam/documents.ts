/** IAM sends every policy document URL-encoded. */
export function encodeDocuments<T>(value: T, key = ''): T {
  if (typeof value === 'string') {
    return (documents.has(key) ? encodeURIComponent(value) : value) as T
  }
  if (Array.isArray(value)) return value.map(item => encodeDocuments(item)) as T
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, encodeDocuments(one, name)]),
  ) as T
}

const documents = new Set(['PolicyDocument', 'Document', 'AssumeRolePolicyDocument'])
