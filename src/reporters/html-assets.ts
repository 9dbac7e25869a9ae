/** The page's only style and script; their hashes stand in its content security policy. */
export const style = `
:root {
  color-scheme: light dark;
  --page: #f4f5f8; --card: #fff; --ink: #1a2230; --soft: #5b6678; --line: #e1e5ec; --track: #e9ecf2;
  --critical: #a3195b; --high: #cf3a2b; --medium: #c27803; --low: #3273dc; --informational: #7a8699;
  --good: #1f9d63; --unknown: #8b6fd6; --muted: #a9b2c0; --baseline: #6f9aa8; --on: #fff;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0e131a; --card: #161d27; --ink: #e4e9f1; --soft: #93a0b4; --line: #263040; --track: #232c3a;
    --critical: #f0629f; --high: #f2705f; --medium: #eaa53a; --low: #6fa3f7; --informational: #92a0b5;
    --good: #45c088; --unknown: #a891ee; --muted: #5c687b; --baseline: #6aa4b5; --on: #10151d;
  }
}
* { box-sizing: border-box }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', sans-serif }
main { max-width: 1180px; margin: 0 auto; padding: 28px 20px 60px }
header { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: baseline; gap: 4px 20px; margin-bottom: 20px }
h1 { font-size: 22px; margin: 0; letter-spacing: -.01em }
h2 { font-size: 15px; margin: 0 0 12px; font-weight: 600 }
header p, footer { color: var(--soft); margin: 0; font-size: 13px }
.cards { display: grid; gap: 16px; grid-template-columns: repeat(auto-fit, minmax(300px, 1fr)); margin-bottom: 16px }
.card, .check, .notice { background: var(--card); border: 1px solid var(--line); border-radius: 12px }
.card { padding: 18px 20px; overflow-x: auto } section.card { margin-bottom: 16px }
.headline { display: flex; align-items: center; gap: 20px }
.headline p { margin: 0; font-size: 20px; line-height: 1.3; font-weight: 600 }
.headline small { display: block; font-size: 13px; font-weight: 400; color: var(--soft); margin-top: 6px }
.notice { padding: 14px 20px; margin-bottom: 16px; border-left: 4px solid var(--medium) }
.notice ul { margin: 6px 0 0; padding-left: 18px; font-size: 13px; overflow-wrap: anywhere }
svg { display: block } svg text { fill: var(--ink); font: 12px system-ui, sans-serif }
.ring { width: 128px; flex: none } .ring circle { fill: none; stroke-width: 11; stroke-linecap: round }
.ring .track { stroke: var(--track) } .ring .good { stroke: var(--good) } .ring .fair { stroke: var(--medium) } .ring .poor { stroke: var(--high) }
.ring .big { font-size: 34px; font-weight: 650 } .ring .small { fill: var(--soft) }
.bars { width: 100%; max-width: 420px } .bars .number { font-weight: 600 }
.stack { width: 100%; height: 12px; border-radius: 6px; overflow: hidden }
rect.track { fill: var(--track) } rect.pass { fill: var(--good) } rect.fail { fill: var(--high) } rect.unknown { fill: var(--unknown) }
rect.muted { fill: var(--muted) } rect.baseline { fill: var(--baseline) }
rect.critical { fill: var(--critical) } rect.high { fill: var(--high) } rect.medium { fill: var(--medium) } rect.low { fill: var(--low) } rect.informational { fill: var(--informational) }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: 4px 16px; padding: 0; margin: 10px 0 18px; font-size: 13px }
.dot { display: inline-block; width: 10px; height: 10px; border-radius: 3px; margin-right: 6px }
.dot.pass { background: var(--good) } .dot.fail { background: var(--high) } .dot.unknown { background: var(--unknown) } .dot.muted { background: var(--muted) } .dot.baseline { background: var(--baseline) }
.label { margin: 0 0 6px; font-size: 13px } .label span { color: var(--soft); margin-left: 6px }
.posture { border-collapse: collapse; width: 100%; font-size: 13px }
.posture th { text-align: left; font-weight: 500; color: var(--soft); padding: 4px 8px }
.posture tbody th { color: var(--ink); font-weight: 600; overflow-wrap: anywhere; min-width: 110px }
.posture td { padding: 3px 8px; border-top: 1px solid var(--line) } .posture tbody th { border-top: 1px solid var(--line) }
.posture .none { color: var(--soft) }
.posture button { min-width: 44px; border: 0; border-radius: 6px; padding: 3px 8px; font: inherit; font-weight: 600; color: var(--on); cursor: pointer }
.posture button:hover { filter: brightness(1.1) }
.share { width: 26% } .share svg { display: inline-block; width: calc(100% - 60px); height: 8px; vertical-align: middle } .share span { display: inline-block; width: 52px; text-align: right }
form { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: 8px 14px; align-items: center; padding: 12px 0; margin-top: 24px; background: var(--page); border-bottom: 1px solid var(--line) }
input[type=search], select { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 7px 11px }
input[type=search] { flex: 1 1 240px }
fieldset { border: 0; padding: 0; margin: 0; display: flex; flex-wrap: wrap; gap: 6px } legend { float: left; color: var(--soft); font-size: 13px; margin-right: 8px; padding: 0 }
fieldset label { font-size: 13px; display: inline-flex; gap: 4px; align-items: center; cursor: pointer }
#shown { color: var(--soft); font-size: 13px; flex-basis: 100%; margin: 0 }
.check { margin-top: 10px; overflow: hidden }
summary { display: flex; gap: 12px; align-items: center; padding: 12px 16px; cursor: pointer; list-style: none }
summary::-webkit-details-marker { display: none }
summary:hover { background: color-mix(in srgb, var(--ink) 4%, transparent) }
.title { flex: 1; font-weight: 600; overflow-wrap: anywhere } .title small { display: block; font-weight: 400; color: var(--soft); font-size: 12px }
.pill { flex: none; width: 104px; text-align: center; border-radius: 999px; padding: 2px 0; font-size: 12px; font-weight: 600; color: var(--on) }
.pill.critical, button.critical { background: var(--critical) } .pill.high, button.high { background: var(--high) } .pill.medium, button.medium { background: var(--medium) }
.pill.low, button.low { background: var(--low) } .pill.informational, button.informational { background: var(--informational) }
.counts { text-align: right } .tag { display: inline-block; border: 1px solid currentColor; border-radius: 6px; padding: 0 7px; font-size: 12px; white-space: nowrap; color: var(--soft) }
.tag.fail { color: var(--high) } .tag.unknown { color: var(--unknown) }
.about { padding: 4px 16px 10px; border-top: 1px solid var(--line); overflow-wrap: anywhere } .about p { margin: 8px 0 } .about a { color: var(--low) }
.frameworks span { display: inline-block; background: var(--track); border-radius: 6px; padding: 0 7px; font-size: 12px; margin: 0 4px 4px 0 }
.rows { list-style: none; margin: 0; padding: 0; font-size: 14px } .row, .left { border-top: 1px solid var(--line); padding: 10px 16px; overflow-wrap: anywhere }
.row { content-visibility: auto; contain-intrinsic-size: auto 72px } .row p { margin: 2px 0 } .place { color: var(--soft); font-size: 13px; margin-left: 6px }
.evidence { margin: 4px 0 0; padding-left: 16px; font-size: 13px; color: var(--soft) }
code, pre { font: 12.5px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace } code { background: var(--track); border-radius: 4px; padding: 0 4px; color: var(--ink) }
pre { background: var(--track); border-radius: 6px; padding: 8px 10px; margin: 6px 0 0; white-space: pre-wrap }
[hidden] { display: none !important } .empty { text-align: center; color: var(--soft); padding: 40px } footer { margin-top: 30px }
:focus-visible { outline: 2px solid var(--low); outline-offset: 2px }
@media (max-width: 700px) { form { position: static } summary { flex-wrap: wrap } .counts { text-align: left; width: 100% } }
@media print { form { display: none } .check, .card { break-inside: avoid } }
`

export const script = `
(() => {
  const form = document.forms[0]
  if (!form) return
  const shown = document.getElementById('shown')
  const checks = [...document.querySelectorAll('.check')].map(node => ({ node, rows: [...node.querySelectorAll('.row')] }))
  const cache = new Map()
  const textOf = node => {
    if (!cache.has(node)) cache.set(node, node.textContent.toLowerCase())
    return cache.get(node)
  }
  const chosen = name => new Set([...form.elements].filter(field => field.name === name && field.checked).map(field => field.value))
  const apply = () => {
    const severities = chosen('severity')
    const states = chosen('state')
    const service = form.service.value
    const words = form.words.value.toLowerCase().split(' ').filter(Boolean)
    let rowsShown = 0
    let checksShown = 0
    for (const { node, rows } of checks) {
      const fits = severities.has(node.dataset.severity) && (service === '' || service === node.dataset.service)
      const head = words.length && fits ? textOf(node.firstElementChild) : ''
      let count = 0
      for (const row of rows) {
        const visible = fits && states.has(row.dataset.state) && words.every(word => head.includes(word) || textOf(row).includes(word))
        row.hidden = !visible
        if (visible) count++
      }
      node.hidden = count === 0
      if (count > 0) checksShown++
      rowsShown += count
      if (words.length && count > 0 && count <= 20) node.open = true
    }
    shown.textContent = rowsShown.toLocaleString('en-US') + ' findings of ' + checksShown.toLocaleString('en-US') + ' checks'
    document.getElementById('empty').hidden = rowsShown > 0
  }
  let timer
  form.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(apply, 120) })
  form.addEventListener('submit', event => event.preventDefault())
  document.addEventListener('click', event => {
    const button = event.target.closest('.posture button')
    if (!button) return
    form.service.value = button.dataset.service
    for (const field of form.elements) if (field.name === 'severity') field.checked = field.value === button.dataset.severity
    apply()
    form.scrollIntoView({ behavior: 'smooth' })
  })
  document.addEventListener('keydown', event => {
    if (event.key !== '/' || event.target.matches('input, select')) return
    event.preventDefault()
    form.words.focus()
  })
  apply()
})()
`
