import { readFileSync } from 'node:fs'
import { UserError } from '../../errors.ts'
import { jsonFault } from '../../text.ts'
import type { Brief } from '../brief.ts'
import { BadEvent, briefOf, readEvent } from '../event.ts'

/** The findings of a file: a JSON array as `batten aws -M json` writes it, a line each, or one event; `-` is standard input. */
export function readFindings(file: string): readonly Brief[] {
  const text = contents(file)
  const values = parse(text, file)
  return values.map((value, index) => {
    try {
      return isEvent(value) ? findingOf(value) : briefOf(value)
    } catch (error) {
      if (error instanceof BadEvent)
        throw new UserError(`${file}: finding ${index + 1}: ${error.message}`)
      throw error
    }
  })
}

function contents(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8')
  } catch (error) {
    throw new UserError(`${file} cannot be read: ${error instanceof Error ? error.message : ''}`)
  }
}

function parse(text: string, file: string): readonly unknown[] {
  const start = text.trimStart()
  if (start === '') throw new UserError(`${file} is empty`)
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value : [value]
  } catch (error) {
    const lines = text.split('\n').filter(line => line.trim() !== '')
    try {
      return lines.map((line): unknown => JSON.parse(line))
    } catch {
      throw new UserError(`${file} holds no findings: ${jsonFault(error)}`)
    }
  }
}

function isEvent(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'detail' in value
}

function findingOf(event: unknown): Brief {
  const request = readEvent(event)
  if (request.kind !== 'finding') throw new BadEvent('the event holds no finding')
  return request.finding
}
