import { readFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { Html } from '../../bot/web/html.ts'
import { readChoice } from './choice.ts'
import { renderFrame } from './frame.ts'
import { type Scene, scenesWith } from './scenes.ts'
import { renderShell } from './shell.ts'
import { tellStory } from './story.ts'

/** No script at all, and nothing that is not the gallery's own. */
const policy = (frames: string): string =>
  `default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; ${frames}`

const fonts: Record<string, string> = {
  'inter-400.ttf': '400Regular/Inter_400Regular.ttf',
  'inter-500.ttf': '500Medium/Inter_500Medium.ttf',
  'inter-600.ttf': '600SemiBold/Inter_600SemiBold.ttf',
  'inter-700.ttf': '700Bold/Inter_700Bold.ttf',
}

const kinds: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  ttf: 'font/ttf',
}

/** Returns the file of an address, or undefined where there is none. */
const fileOf = (path: string): URL | undefined => {
  const [, place, name] = /^\/(static|gallery)\/([a-z0-9-]+\.(?:css|svg|ttf))$/.exec(path) ?? []
  if (!place || !name) return undefined
  if (name.endsWith('.ttf')) {
    const font = fonts[name]
    return font ? new URL(import.meta.resolve(`@expo-google-fonts/inter/${font}`)) : undefined
  }
  return place === 'static'
    ? new URL(`../../bot/web/static/${name}`, import.meta.url)
    : new URL(`static/${name}`, import.meta.url)
}

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT'

export type Gallery = { url: string; scenes: readonly Scene[]; close: () => Promise<void> }

/** Serves the gallery on loopback; port 0 takes a free one. */
export const serveGallery = async (port = 0): Promise<Gallery> => {
  const story = await tellStory()
  const scenes = scenesWith(story)
  const ids = scenes.map(({ id }) => id)

  const send = (response: ServerResponse, status: number, type: string, body: string | Uint8Array): void => {
    response.writeHead(status, {
      'content-type': type,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
    response.end(body)
  }
  const sendPage = (response: ServerResponse, frames: string, page: Html): void => {
    response.setHeader('content-security-policy', policy(frames))
    send(response, 200, 'text/html; charset=utf-8', page.html)
  }

  const answer = async (address: string, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(address, 'http://gallery')
    const choice = readChoice(searchParams, ids)
    if (pathname === '/')
      return sendPage(response, "frame-src 'self'; frame-ancestors 'none'", renderShell(scenes, choice))
    if (pathname === '/frame') {
      const scene = scenes.find(({ id }) => id === choice.scene)!
      return sendPage(response, "frame-ancestors 'self'", renderFrame(scene, choice))
    }
    if (/^\/pictures\/[^/]+\.png$/.test(pathname)) return send(response, 200, 'image/png', story.picture.png)
    const file = fileOf(pathname)
    try {
      if (file) return send(response, 200, kinds[pathname.split('.').at(-1)!]!, await readFile(fileURLToPath(file)))
    } catch (error) {
      if (!isMissing(error)) throw error
    }
    send(response, 404, 'text/plain; charset=utf-8', 'There is nothing here.')
  }

  const server = createServer((request, response) => {
    answer(request.url ?? '/', response).catch((error: unknown) => {
      // A card that cannot be drawn is what the gallery is there to find out.
      const said = error instanceof Error ? (error.stack ?? error.message) : String(error)
      process.stderr.write(`${request.url}\n${said}\n`)
      if (response.headersSent) response.destroy()
      else send(response, 500, 'text/plain; charset=utf-8', said)
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    scenes,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()))
        server.closeAllConnections()
      }),
  }
}
