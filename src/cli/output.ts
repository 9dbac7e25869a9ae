import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Report } from '../report.ts'
import { isFormat, loadReporter } from '../reporters/index.ts'
import { renderSummary } from '../reporters/summary.ts'
import { renderTable } from '../reporters/table.ts'

/** Writes each format and the summary, each whole or not at all: no torn file is left under a report's name. */
export async function writeReports(
  report: Report,
  to: { readonly formats: readonly string[]; readonly directory: string; readonly name: string },
): Promise<{ readonly written: readonly string[]; readonly problem: string | null }> {
  if (to.formats.length === 0) return { written: [], problem: null }
  const written: string[] = []
  try {
    mkdirSync(to.directory, { recursive: true })
    for (const format of to.formats) {
      const reporter = await reporterOf(format)
      written.push(
        writeWhole(join(to.directory, `${to.name}.${reporter.extension}`), reporter.render(report)),
      )
    }
    written.push(
      writeWhole(join(to.directory, `${to.name}.summary.json`), [renderSummary(report.summary)]),
    )
  } catch (error) {
    if (!isSystemError(error)) throw error
    return { written, problem: `cannot write the reports to ${to.directory}: ${error.code}` }
  }
  return { written: written.map(file => relative(process.cwd(), file) || file), problem: null }
}

function writeWhole(file: string, chunks: Iterable<string>): string {
  const unfinished = `${file}.${process.pid}.tmp`
  try {
    // Never through a link that somebody laid under this name.
    rmSync(unfinished, { force: true })
    const handle = openSync(unfinished, 'wx')
    try {
      for (const chunk of batches(chunks)) writeSync(handle, chunk)
    } finally {
      closeSync(handle)
    }
    renameSync(unfinished, file)
  } catch (error) {
    rmSync(unfinished, { force: true })
    throw error
  }
  return file
}

/** Prints the format on standard output, waiting where the reader is slow. */
export async function printReport(
  report: Report,
  how: {
    readonly format: string
    readonly colour: boolean
    readonly width: number
    readonly quiet: boolean
  },
): Promise<void> {
  if (how.format === 'table') {
    if (how.quiet) return
    await print(renderTable(report, { width: how.width, color: how.colour }))
    return
  }
  const reporter = await reporterOf(how.format)
  await print(reporter.render(report))
}

function reporterOf(format: string) {
  // The flags' choices have let no other word through.
  if (!isFormat(format)) throw new Error(`no reporter for ${format}`)
  return loadReporter(format)
}

async function print(chunks: Iterable<string>): Promise<void> {
  for (const chunk of batches(chunks)) {
    if (!process.stdout.write(chunk))
      await new Promise(resolve => process.stdout.once('drain', resolve))
  }
}

function* batches(chunks: Iterable<string>): Iterable<string> {
  let waiting = ''
  for (const chunk of chunks) {
    waiting += chunk
    if (waiting.length < 65_536) continue
    yield waiting
    waiting = ''
  }
  if (waiting !== '') yield waiting
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && 'syscall' in error
}
