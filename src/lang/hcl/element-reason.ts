/** `data.a.b.names is known later` → `data.a.b.names[1] is known later`: two elements are told apart by it. */
export function elementReason(reason: string, index: number | bigint): string {
  const at = reason.indexOf(' ')
  const isPath = /^[\w.-]+(?:\[[^\]]*\][\w.-]*)* (?:is known|has no value)/.test(reason)
  return isPath ? `${reason.slice(0, at)}[${index}]${reason.slice(at)}` : reason
}
