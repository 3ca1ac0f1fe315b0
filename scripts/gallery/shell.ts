import { type Html, html } from '../../bot/web/html.ts'
import { addressOf, type Choice, devices, platforms, themes } from './choice.ts'
import type { Scene } from './scenes.ts'

const names: Record<string, string> = { web: 'Web page', slack: 'Slack', discord: 'Discord' }

const toggle = (label: string, choice: Choice, key: keyof Choice, words: readonly string[]): Html =>
  html`<nav class="toggle" aria-label="${label}">${words.map((word) => html`<a href="${addressOf('/', { ...choice, [key]: word })}"${choice[key] === word ? html` aria-current="true"` : undefined}>${names[word] ?? `${word.charAt(0).toUpperCase()}${word.slice(1)}`}</a>`)}</nav>`

const groupsOf = (scenes: readonly Scene[]): [string, Scene[]][] => [
  ...Map.groupBy(scenes, ({ group }) => group).entries(),
]

/** Returns the page around a frame: what there is to look at, and how to look at it. It needs no script. */
export const renderShell = (scenes: readonly Scene[], choice: Choice): Html => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Gallery · AutoCoder</title>
<link rel="icon" href="/static/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/static/base.css">
<link rel="stylesheet" href="/gallery/shell.css">
</head>
<body>
<aside>
  <h1>Gallery</h1>
  <nav aria-label="Cards">${groupsOf(scenes).map(([group, members]) => html`<h2>${group}</h2><ul>${members.map((scene) => html`<li><a href="${addressOf('/', { ...choice, scene: scene.id })}"${scene.id === choice.scene ? html` aria-current="page"` : undefined}>${scene.title}</a></li>`)}</ul>`)}</nav>
</aside>
<main>
  <div class="toggles">${toggle('Platform', choice, 'platform', platforms)}${toggle('Theme', choice, 'theme', themes)}${toggle('Width', choice, 'device', devices)}</div>
  <iframe class="${choice.device} ${choice.theme}" src="${addressOf('/frame', choice)}" title="${choice.scene} in ${choice.platform}" sandbox="allow-same-origin allow-popups"></iframe>
</main>
</body>
</html>`
