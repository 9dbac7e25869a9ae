import type { Comment, Loc } from '../syntax/ast.ts'

/** Text that is being laid out: lines with their indent, and the comments that have still to be written. */
export class Writer {
  readonly source: string
  private readonly lines: string[] = []
  private line: string | undefined
  private level = 0
  private readonly comments: Comment[]
  private next = 0
  /** Comments that wait for the end of the next line. */
  private waiting: string[] = []
  /** Where each row of the source begins. */
  private readonly starts: readonly number[]

  constructor(source: string, comments: readonly Comment[]) {
    this.source = source
    this.comments = [...comments]
    const starts = [0]
    for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1))
      starts.push(at + 1)
    this.starts = starts
  }

  write(text: string): void {
    this.line ??= '\t'.repeat(this.level)
    this.line += text
  }

  /** Ends the line; what the source says in a comment up to the end of that row goes with it. */
  end(row?: number): void {
    const late = this.line === undefined ? [] : this.waiting.splice(0)
    if (row !== undefined)
      for (let c = this.peek(); c !== undefined && c.loc.row <= row; c = this.peek()) {
        late.push(commentText(c))
        this.next++
      }
    const [first, ...others] = late
    if (first !== undefined) this.write(this.line === undefined ? first : ` ${first}`)
    if (this.line !== undefined) this.lines.push(this.line.trimEnd())
    this.line = undefined
    for (const other of others) this.lines.push('\t'.repeat(this.level) + other)
  }

  /** Ends the line that opens a list: what is said behind the bracket moves to its first line. */
  endOpen(row: number, firstRow: number): void {
    const isFollowed = this.between(row, firstRow) !== undefined
    const comment = isFollowed ? undefined : this.takeAt(row)
    const waiting = this.waiting.splice(0)
    this.end(isFollowed ? row : undefined)
    this.waiting.push(...waiting, ...(comment === undefined ? [] : [comment]))
  }

  blank(): void {
    this.end()
    if (this.lines.length > 0 && this.lines.at(-1) !== '') this.lines.push('')
  }

  indent(): void {
    this.level++
  }

  dedent(): void {
    this.level--
  }

  /** The comments before a row, each on a line of its own; blank lines between them are kept as one. */
  before(row: number): number | undefined {
    let last: number | undefined
    let isMetadata = false
    for (let c = this.peek(); c !== undefined && c.loc.row < row; c = this.peek()) {
      const isHeader = c.text.trim() === 'METADATA'
      if (last !== undefined && (c.loc.row - last > 1 || (isMetadata && isHeader))) this.blank()
      isMetadata = isHeader || (isMetadata && c.loc.row - (last ?? 0) === 1)
      this.end()
      this.write(commentText(c))
      this.end()
      last = c.loc.row
      this.next++
    }
    return last
  }

  peek(): Comment | undefined {
    return this.comments[this.next]
  }

  /** A comment between two rows. */
  between(above: number, below: number): Comment | undefined {
    return this.comments.find(({ loc }) => loc.row > above && loc.row < below)
  }

  /** Whether a row has a comment that has still to be written. */
  isLeft(row: number): boolean {
    return this.comments.some(({ loc }, at) => at >= this.next && loc.row === row)
  }

  /** Takes the comment at the end of a row out of its turn. */
  takeAt(row: number): string | undefined {
    const at = this.comments.findIndex(({ loc }, index) => index >= this.next && loc.row === row)
    if (at < 0) return undefined
    const [comment] = this.comments.splice(at, 1)
    return comment && commentText(comment)
  }

  /** Comments that lie within a span and have not been written. */
  within({ offset, end }: Pick<Loc, 'offset' | 'end'>): readonly Comment[] {
    const found: Comment[] = []
    for (let i = this.next; i < this.comments.length; i++) {
      const comment = this.comments[i]
      if (comment === undefined || comment.loc.offset >= end) break
      if (comment.loc.offset > offset) found.push(comment)
    }
    return found
  }

  /** A span as it stands in the source, comments and all. */
  verbatim(loc: Pick<Loc, 'offset' | 'end'>): void {
    this.write(this.source.slice(loc.offset, loc.end))
    const written = new Set(this.within(loc))
    const kept = this.comments.slice(this.next).filter(comment => !written.has(comment))
    this.comments.splice(this.next, this.comments.length, ...kept)
  }

  rowOf(offset: number): number {
    let low = 0
    let high = this.starts.length
    while (low + 1 < high) {
      const middle = (low + high) >> 1
      if ((this.starts[middle] ?? 0) <= offset) low = middle
      else high = middle
    }
    return low + 1
  }

  endRow({ end }: Pick<Loc, 'end'>): number {
    return this.rowOf(Math.max(end - 1, 0))
  }

  finish(): string {
    if (this.peek() !== undefined) this.blank()
    for (let c = this.peek(); c !== undefined; c = this.peek()) {
      this.write(commentText(c))
      this.end()
      this.next++
    }
    this.end()
    while (this.lines.at(-1) === '') this.lines.pop()
    return `${this.lines.join('\n')}\n`
  }
}

function commentText({ text }: Comment): string {
  return `#${text}`.trimEnd()
}
