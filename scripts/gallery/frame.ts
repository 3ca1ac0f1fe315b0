import { type Html, html } from '../../bot/web/html.ts'
import type { Choice, Platform } from './choice.ts'
import { showInDiscord } from './discord/show.ts'
import { isOn, type Scene, type Stage } from './scenes.ts'
import { showInSlack } from './slack/show.ts'
import { showInWeb } from './web/show.ts'

const shows: Record<Platform, (stage: Stage) => Html> = {
  web: showInWeb,
  slack: showInSlack,
  discord: showInDiscord,
}

/** The page's own sheets, then what the gallery changes about them. */
const sheets: Record<Platform, readonly string[]> = {
  web: [
    ...['base', 'frame', 'thread', 'cards', 'builds', 'small'].map((sheet) => `/static/${sheet}.css`),
    '/gallery/web.css',
  ],
  slack: ['/gallery/client.css', '/gallery/slack.css'],
  discord: ['/gallery/client.css', '/gallery/discord.css'],
}

/** Returns the document in which a platform shows a scene. */
export const renderFrame = (scene: Scene, { platform, theme }: Choice): Html => html`<!doctype html>
<html lang="en" data-theme="${theme}" data-platform="${platform}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${scene.title} in ${platform}</title>
<link rel="icon" href="/static/icon.svg" type="image/svg+xml">
${sheets[platform].map((sheet) => html`<link rel="stylesheet" href="${sheet}">`)}
</head>
<body>${isOn(scene, platform) ? shows[platform](scene.stage) : html`<main class="nowhere"><p>There is no such place on this platform.</p></main>`}</body>
</html>`
