import { type APIApplication, ApplicationFlags } from 'discord.js'
import { AppError } from '../../schemas/errors.ts'
import { createApi, Refused } from './api.ts'
import { inviteUrl } from './permissions.ts'

/** What `npm run doctor` says of an application. */
export type Inspection = { applicationId: string; name: string; messageContent: boolean; invite: string }

/** Returns how an application is set up, without connecting. Throws AppError `config-invalid` for a wrong token, `chat-away` where Discord does not answer. */
export const inspectDiscord = async (options: { token: string; apiUrl: string | undefined }): Promise<Inspection> => {
  try {
    const application: APIApplication = await createApi(options).application()
    // The limited flag is that of bots in fewer than 100 servers.
    const content = ApplicationFlags.GatewayMessageContent | ApplicationFlags.GatewayMessageContentLimited
    return {
      applicationId: application.id,
      name: application.name,
      messageContent: (application.flags & content) !== 0,
      invite: inviteUrl(application.id),
    }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    throw new AppError('config-invalid', 'Discord: the token of the bot is not valid', {
      help: 'Set DISCORD_TOKEN to the token on the page Bot of your application; docs/discord.md leads there.',
    })
  }
}
