import type { Annotations, Comment, Package, Rule } from './ast.ts'

export function parseAnnotations(_comments: readonly Comment[]): readonly Annotations[] {
  return []
}

export function attachAnnotations(
  blocks: readonly Annotations[],
  _header: Package,
  _rules: readonly Rule[],
): readonly Annotations[] {
  return blocks
}
