import type { ParsedFile } from '../../lang/hcl/module/files.ts'
import type { SourceComment } from '../source.ts'

const skipWords = /batten:|checkov:|bridgecrew:|cortex:|tfsec:|trivy:|kics-scan/i

/** Comments that may hold an inline skip. */
export function commentsIn(files: readonly ParsedFile[]): readonly SourceComment[] {
  return files.flatMap(file =>
    file.comments
      .filter(comment => skipWords.test(comment.text))
      .map(({ text, range }) => ({ file: file.name, line: file.at(range.start).line, text })),
  )
}
