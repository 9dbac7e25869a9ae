import type { Range } from '../../lang/hcl/ast.ts'
import type { ParsedFile } from '../../lang/hcl/module/files.ts'
import type { Span } from '../../resource.ts'

export function spanIn(file: ParsedFile, range: Range): Span {
  const start = file.at(range.start)
  const end = file.at(range.end)
  return {
    file: file.name,
    startLine: start.line,
    startColumn: start.column,
    endLine: end.line,
    endColumn: end.column,
  }
}
