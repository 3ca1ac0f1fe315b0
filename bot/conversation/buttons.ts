import type { Button, CardPerson } from '../../schemas/generated/card.ts'

const button = (id: string, label: string, style: Button['style'] = 'plain', more: Partial<Button> = {}): Button => ({
  id,
  label,
  style,
  ...more,
})

/** Every button that the bot offers; the ids are what turns/press.ts acts on. */
export const buttons = {
  approve: (label: string, digest: string, danger: boolean) =>
    button('approve', label, danger ? 'danger' : 'primary', { value: digest }),
  requestChanges: (value: string) =>
    button('revise', 'Request changes', 'plain', { value, ask: 'What should be different?' }),
  showFiles: (value: string) => button('files', 'Show files', 'plain', { value }),
  rebase: (value: string, number: number) =>
    button('rebase', `Draw again on blueprint ${number}`, 'primary', { value }),
  reject: (value: string) => button('reject', 'Cancel', 'plain', { value }),
  cancelBuild: (value: string) => button('cancel', 'Cancel', 'danger', { value }),
  open: (url: string) => button('open', 'Open', 'primary', { url }),
  change: (value: string) => button('change', 'Change', 'plain', { value, ask: 'What should change?' }),
  rollBack: (value: string) => button('rollback', 'Roll back', 'plain', { value }),
  rollForward: (value: string, build: number) => button('forward', `Run build ${build}`, 'plain', { value }),
  stop: (value: string) => button('stop', 'Stop', 'plain', { value }),
  start: (value: string) => button('start', 'Start', 'primary', { value }),
  download: (value: string) => button('download', 'Download', 'plain', { value }),
  retry: (value: string) => button('retry', 'Try again', 'primary', { value }),
  about: (value: string, slug: string) => button('about', 'Open', 'plain', { value, say: `open ${slug}` }),
  handOver: (value: string, slug: string, people: CardPerson[] | undefined) =>
    button('hand-over', 'Hand over', 'plain', {
      value,
      ask: 'Who looks after it from now on?',
      pick: 'person',
      ...(people ? { people } : {}),
      say: `hand over ${slug} to NAME`,
    }),
  fork: (value: string, slug: string) =>
    button('fork', 'Fork', 'plain', { value, ask: 'What is the copy called?', say: `fork ${slug} as NAME` }),
  subscribe: (value: string, slug: string) =>
    button('subscribe', 'Subscribe', 'plain', { value, say: `subscribe to ${slug}` }),
  unsubscribe: (value: string, slug: string) =>
    button('unsubscribe', 'Unsubscribe', 'plain', { value, say: `unsubscribe from ${slug}` }),
  archive: (value: string, slug: string) => button('archive', 'Archive', 'plain', { value, say: `archive ${slug}` }),
  restore: (value: string, slug: string) =>
    button('restore', 'Bring back', 'plain', { value, say: `bring back ${slug}` }),
  checkLog: (value: string) => button('check-log', 'Show log', 'plain', { value }),
  logs: (value: string) => button('logs', 'Show logs', 'plain', { value }),
} as const
