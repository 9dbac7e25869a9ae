import { isWildcard } from '../syntax/ast.ts'

/**
 * Variables of the compiler's own carry a tilde, which no name of the language can: `x~3` stands for the user's
 * `x`, `~4` for nothing that the user wrote.
 */
export interface Names {
  next: number
}

export function fresh(names: Names, original = ''): string {
  return `${original}~${names.next++}`
}

export function isGenerated(name: string): boolean {
  return name.startsWith('~')
}

/** Is it a declared variable, or one of the compiler's own? */
export function isRenamed(name: string): boolean {
  return name.includes('~')
}

/** As the user wrote it. */
export function shownName(name: string): string {
  if (isWildcard(name)) return '_'
  const tilde = name.indexOf('~')
  return tilde < 0 ? name : name.slice(0, tilde)
}
