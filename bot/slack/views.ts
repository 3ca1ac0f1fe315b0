import type { types } from '@slack/bolt'
import { short } from './render/parts.ts'

/** What a modal brings back with its submission. */
export type AskedFor = { thread: string; key: string; button: string; value?: string | undefined }

export const ASK = 'ask'
export const BUILD = 'build'

const plainText = (text: string, limit: number): types.PlainTextElement => ({
  type: 'plain_text',
  text: short(text, limit).text,
  emoji: false,
})

const field = (id: string, label: string, placeholder?: string): types.InputBlock => ({
  type: 'input',
  block_id: id,
  label: plainText(label, 300),
  element: {
    type: 'plain_text_input',
    action_id: 'text',
    multiline: true,
    max_length: 3_000,
    focus_on_load: true,
    ...(placeholder ? { placeholder: plainText(placeholder, 150) } : {}),
  },
})

/** A person of the workspace; Slack offers them by name. */
const person = (id: string, label: string): types.InputBlock => ({
  type: 'input',
  block_id: id,
  label: plainText(label, 300),
  element: {
    type: 'users_select',
    action_id: 'person',
    placeholder: plainText('Choose a person', 150),
    focus_on_load: true,
  },
})

/** Returns the modal of a button that wants words, or a person. Titles hold 24 characters, private metadata 3,000. */
export const askView = (question: string, asked: AskedFor, who = false): types.ModalView => ({
  type: 'modal',
  callback_id: ASK,
  private_metadata: JSON.stringify(asked),
  title: plainText('AutoCoder', 24),
  submit: plainText('Send', 24),
  close: plainText('Cancel', 24),
  blocks: [who ? person('answer', question) : field('answer', question)],
})

/** Returns the modal for a wish; `channel` preselects where its thread begins. */
export const buildView = (channel?: string): types.ModalView => ({
  type: 'modal',
  callback_id: BUILD,
  title: plainText('Build a system', 24),
  submit: plainText('Build', 24),
  close: plainText('Cancel', 24),
  blocks: [
    field('wish', 'What should it do?', 'A todo API with user authentication'),
    {
      type: 'input',
      block_id: 'where',
      label: plainText('In which channel?', 100),
      element: {
        type: 'conversations_select',
        action_id: 'channel',
        ...(channel ? { default_conversation: channel } : { default_to_current_conversation: true }),
        filter: { include: ['public', 'private'], exclude_bot_users: true },
      },
    },
  ],
})
