#!/usr/bin/env node
import { version } from './version.ts'

if (process.argv[2] === '--version') process.stdout.write(`${version}\n`)
