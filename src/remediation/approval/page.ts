import { cut, plain, plainLines } from '../../text.ts'
import { messageOf } from '../notify/message.ts'
import type { Job } from '../record/job.ts'

/** The page on a job: what it would do and, while something is to be decided, the form that decides. Looking at it changes nothing. */
export function page(
  job: Job,
  form: { readonly token: string; readonly csrf: string } | null,
): string {
  const { title, facts, why, calls, code } = messageOf(job)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${html(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${html(title)}</h1>
<dl>${facts.map(([name, value]) => `<dt>${html(name)}</dt><dd>${html(value)}</dd>`).join('')}</dl>
<ul>${why.map(reason => `<li>${html(reason)}</li>`).join('')}</ul>
${calls.length > 0 ? `<h2>The calls</h2><pre>${lines(calls.join('\n'))}</pre>` : ''}
${code === null ? '' : `<h2>In Terraform</h2><pre>${lines(code)}</pre>`}
${form === null ? '' : formOf(job.id, form)}
</main>
</body>
</html>
`
}

export function note(title: string, text: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${html(title)}</title><style>${style}</style></head>
<body><main><h1>${html(title)}</h1><p>${html(text)}</p></main></body></html>
`
}

function formOf(id: string, { token, csrf }: { readonly token: string; readonly csrf: string }) {
  return `<form method="post" action="/decide/${html(id)}">
<input type="hidden" name="token" value="${html(token)}">
<input type="hidden" name="csrf" value="${html(csrf)}">
<button name="decision" value="approved">Approve and run</button>
<button name="decision" value="rejected">Reject</button>
</form>`
}

const style =
  'body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:50rem;padding:0 1rem;color:#1a1a1a;background:#fff}dt{font-weight:600}dd{margin:0 0 .5rem;overflow-wrap:anywhere}pre{background:#f2f2f2;padding:1rem;overflow:auto}button{font:inherit;padding:.5rem 1rem;margin-right:.5rem}'

function html(text: string): string {
  return escaped(plain(cut(text, 4000)))
}

function lines(text: string): string {
  return escaped(plainLines(cut(text, 20_000)))
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, letter => `&#${letter.charCodeAt(0)};`)
}
