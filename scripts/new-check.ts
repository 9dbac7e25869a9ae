// Writes a check's skeleton into its service's file: npm run new-check s3_bucket_something_good [aws_s3_bucket]
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

const [, , id, type = 'aws_TYPE'] = process.argv
if (!id || !/^[a-z0-9]+(_[a-z0-9]+)+$/.test(id)) {
  process.stderr.write('usage: npm run new-check <service>_<thing>_<condition> [terraform type]\n')
  process.exit(2)
}
const service = id.split('_')[0]
const file = `src/checks/aws/${service}.ts`
const skeleton = `  check('${type}', {
    id: '${id}',
    title: 'TITLE that states the good',
    severity: 'medium',
    why: 'The harm, in at most two sentences.',
    fix: 'Set \`attribute = true\`.',
    pass: resource => resource.attribute,
    bad: [''],
    set: { attribute: true },
  }),
`
if (!existsSync(file)) {
  writeFileSync(file, `import { check } from '../../check.ts'\n\nexport default [\n${skeleton}]\n`)
} else {
  const text = readFileSync(file, 'utf8')
  if (text.includes(`'${id}'`)) {
    process.stderr.write(`${file} has ${id} already\n`)
    process.exit(2)
  }
  const end = text.lastIndexOf('\n]')
  writeFileSync(file, `${text.slice(0, end + 1)}${skeleton}${text.slice(end + 1)}`)
}
process.stdout.write(`${file}: fill in ${id}, then run npm run generate and npm test\n`)
