import type { Knowledge } from './knowledge.ts'

/** What the vocabulary knows of its types. */
export async function vocabulary(): Promise<Knowledge> {
  return { kindOf: () => undefined, isSecret: () => false }
}
