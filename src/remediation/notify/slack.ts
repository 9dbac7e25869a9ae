import { cut, plainLines } from '../../text.ts'
import type { Job } from '../record/job.ts'
import { mrkdwn } from './escape.ts'
import { messageOf } from './message.ts'

/** A block of Slack's Block Kit. */
export type Block = Readonly<Record<string, unknown>>

export interface SlackMessage {
  /** For notifications, which show no blocks. */
  readonly text: string
  readonly blocks: readonly Block[]
}

/** The message on a job; with a token, the buttons that decide it. */
export function slackMessage(job: Job, token: string | null): SlackMessage {
  const { title, facts, why, calls, code } = messageOf(job)
  const name = job.finding?.ResourceName ?? ''
  return {
    text: mrkdwn(`${title}: ${name}`, 300),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: title, emoji: false } },
      section(facts.map(([key, value]) => `*${key}* ${mrkdwn(value, 500)}`)),
      ...(why.length > 0 ? [section(why.map(reason => `• ${mrkdwn(reason, 600)}`))] : []),
      ...(calls.length > 0 ? [section(['*Calls*']), verbatim(calls.join('\n'))] : []),
      ...(code === null ? [] : [section(['*In Terraform*']), verbatim(code)]),
      ...(token === null ? [] : [buttons(token)]),
    ],
  }
}

/** Takes the buttons away once somebody has decided. */
export function decidedMessage(job: Job, said: string): SlackMessage & { replace_original: true } {
  const { text, blocks } = slackMessage(job, null)
  return { replace_original: true, text, blocks: [...blocks, section([mrkdwn(said)])] }
}

/** `value`, not `url`: a link would act when it is only looked at. */
function buttons(token: string): Block {
  return {
    type: 'actions',
    elements: [
      button('approve', 'Approve', token, { style: 'primary', confirm: confirm() }),
      button('reject', 'Reject', token, { style: 'danger' }),
    ],
  }
}

function button(id: string, label: string, value: string, more: Block): Block {
  return {
    type: 'button',
    action_id: id,
    text: { type: 'plain_text', text: label, emoji: false },
    value,
    ...more,
  }
}

function confirm(): Block {
  const plainText = (text: string) => ({ type: 'plain_text', text })
  return {
    title: plainText('Run these calls?'),
    text: plainText('The state before is recorded: batten remediate undo brings it back.'),
    confirm: plainText('Run'),
    deny: plainText('Not now'),
  }
}

function section(lines: readonly string[]): Block {
  let text = ''
  for (const line of lines) {
    if (text.length + line.length > 2900) {
      text += '\n…'
      break
    }
    text += text === '' ? line : `\n${line}`
  }
  // Verbatim: neither addresses nor names of channels and people in it become links.
  return { type: 'section', text: { type: 'mrkdwn', text, verbatim: true } }
}

/** Nothing in it means anything to Slack. */
function verbatim(text: string): Block {
  return {
    type: 'rich_text',
    elements: [
      {
        type: 'rich_text_preformatted',
        elements: [{ type: 'text', text: cut(plainLines(text), 2900) }],
      },
    ],
  }
}
