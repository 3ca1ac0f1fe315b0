import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { filesIn } from '../../bot/terminal/attach.ts'

const petstore = fileURLToPath(new URL('../fixtures/contracts/petstore.yaml', import.meta.url))

describe('filesIn', () => {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    if (request.url === '/large.json') response.end('x'.repeat(1_000_001))
    else if (request.url === '/pets.yaml') response.end('openapi: 3.0.0')
    else response.writeHead(404).end()
  })
  let base = ''
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => new Promise((resolve) => server.close(resolve)))

  it('reads a file that a line names', async () => {
    expect(await filesIn(`build this API: ${petstore}`)).toEqual([
      { name: 'petstore.yaml', text: expect.stringContaining('Swagger Petstore') },
    ])
  })
  it('reads a table that is to be built from, and says where it is not', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'autocoder-attach-'))
    await writeFile(join(folder, 'members.csv'), 'name,age\nAnna,30\n')
    expect(await filesIn(`build ${folder}/members.csv`)).toEqual([{ name: 'members.csv', text: 'name,age\nAnna,30\n' }])
    await rm(folder, { recursive: true })
    await expect(filesIn('build members.csv')).rejects.toMatchObject({ code: 'file-unreadable' })
    expect(await filesIn('export the list as members.csv')).toEqual([])
  })
  it('leaves words alone that name no file', async () => {
    expect(await filesIn('rename config.json to settings')).toEqual([])
  })
  it('says that a file is not there where the line speaks of an API', async () => {
    await expect(filesIn('build this API /tmp/no-such-file.yaml')).rejects.toMatchObject({
      code: 'file-unreadable',
      message: 'There is no file no-such-file.yaml in /tmp',
    })
  })
  it.each([
    ['serve exactly this /tmp/none.yaml', '/tmp', 'none.yaml'],
    ['serve this: none.json', process.cwd(), 'none.json'],
    ['Please take ./specs/none.yml', `${process.cwd()}/specs`, 'none.yml'],
    ['take "/srv/x/none.yaml".', '/srv/x', 'none.yaml'],
  ])('says where it looked for what is not there: %s', async (line, folder, name) => {
    await expect(filesIn(line)).rejects.toMatchObject({
      code: 'file-unreadable',
      message: `There is no file ${name} in ${folder}`,
    })
  })
  it('asks an address only where the line speaks of an API', async () => {
    expect(await filesIn(`build the API at ${base}/pets.yaml`)).toEqual([{ name: 'pets.yaml', text: 'openapi: 3.0.0' }])
    asked.length = 0
    expect(await filesIn(`when it is paid, call ${base}/pets.yaml`)).toEqual([])
    expect(asked).toEqual([])
  })
  it('says why an address cannot be read', async () => {
    await expect(filesIn(`this API: ${base}/gone.json`)).rejects.toMatchObject({
      code: 'file-unreadable',
      message: /404/,
    })
    await expect(filesIn(`this API: ${base}/large.json`)).rejects.toMatchObject({
      message: expect.stringMatching(/more than 1000000 bytes/),
    })
  })
})
