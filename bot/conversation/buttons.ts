import type { Button } from '../../schemas/generated/card.ts'

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
  logs: (value: string) => button('logs', 'Show logs', 'plain', { value }),
} as const
