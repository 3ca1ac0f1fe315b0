import { createRequire } from 'node:module'
import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js'
import type { Architecture, RpcPort, StorePort, TimerPort } from '../../schemas/generated/architecture.ts'
import { whenOf } from './behaviour-words.ts'
import { ANYONE, accountModelOf, own, pluralOf, pluralWords, refOf, splitEndpoint, toWords } from './names.ts'
import { wordsOfRole } from './role-words.ts'
import { roleOf } from './roles.ts'
import { joinWords } from './words.ts'

/** The component graph as a picture, `width` by `height` CSS pixels. `alt` says in words what it shows. */
export type Drawing = { svg: string; png: Uint8Array; width: number; height: number; alt: string }

type Box = {
  id: string
  title: string
  lines: string[]
  kind: 'service' | 'store' | 'people'
  width: number
  height: number
  x: number
  y: number
}
type Line = { from: string; to: string; dashed: boolean }

const titleSize = 15
const lineSize = 12
const lineHeight = 19
/** Above this many components, boxes show names only: the picture must stay readable in a thread. */
const detailLimit = 24
const fieldLimit = 7
/** Above this many, lines would be a tangle and their layout would take seconds: boxes stand in columns instead. */
const graphLimit = 60

/** Returns the picture of an architecture, laid out from people on the left to stores on the right. */
export const drawArchitecture = async (architecture: Architecture): Promise<Drawing> => {
  const boxes = boxesOf(architecture)
  const lines = linesOf(architecture, boxes)
  const { width, height, routes } = boxes.length > graphLimit ? tile(boxes, lines) : await layOut(boxes, lines)
  const svg = render(boxes, lines, routes, width, height)
  return { svg, png: await rasterise(svg, boxes.length), width, height, alt: describe(architecture) }
}

/** Returns the picture of an SVG at twice its size, with the Inter fonts of the package. */
const rasterise = async (svg: string, boxes: number): Promise<Uint8Array> => {
  const { Resvg } = await import('@resvg/resvg-js')
  const image = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: boxes > graphLimit ? 1 : 2 },
    font: { fontFiles: fonts(), loadSystemFonts: false, defaultFontFamily: 'Inter' },
  })
  return image.render().asPng()
}

const require = createRequire(import.meta.url)
const fonts = (): string[] =>
  ['400Regular/Inter_400Regular.ttf', '600SemiBold/Inter_600SemiBold.ttf'].map((name) =>
    require.resolve(`@expo-google-fonts/inter/${name}`),
  )

const boxesOf = (architecture: Architecture): Box[] => {
  const components = Object.entries(architecture.components)
  const detailed = components.length <= detailLimit
  const boxes: Box[] = []
  const devices = new Set(Object.values(architecture.models).map(({ keys }) => keys?.role))
  const roles = Object.keys(architecture.policies.roles).filter((role) => role !== ANYONE && !devices.has(role))
  const open = own(architecture.policies.roles, ANYONE) !== undefined
  const anonymous = components.some(([, component]) =>
    Object.values(component.ports).some((port) => port.kind === 'rpc' && (port as RpcPort).public?.length),
  )
  boxes.push(
    sized('people', 'People', [...roles, ...(anonymous || open || roles.length === 0 ? ['everyone'] : [])], 'people'),
  )
  for (const [name, component] of components) {
    if (roleOf(component) === 'store') {
      const model = (Object.values(component.ports)[0] as StorePort).model
      const fields = Object.entries(architecture.models[model]?.fields ?? {}).filter(
        ([field, spec]) =>
          !['id', 'created_at', 'updated_at', 'password_hash', 'roles'].includes(field) && !refOf(spec.type),
      )
      const names = fields.map(([field]) => toWords(field))
      const shown =
        names.length > fieldLimit
          ? [...names.slice(0, fieldLimit - 1), `and ${names.length - fieldLimit + 1} more`]
          : names
      boxes.push(sized(name, titleCase(pluralOf(model, architecture.models[model]!)), detailed ? shown : [], 'store'))
    } else {
      const paths = architecture.expose
        .filter((exposure) => splitEndpoint(exposure.port).component === name)
        .map((exposure) => exposure.path)
      const ticks = Object.values(component.ports).flatMap((port) =>
        port.kind === 'timer' ? [whenOf(port as TimerPort)] : [],
      )
      boxes.push(sized(name, titleCase(name), detailed ? [...paths, ...ticks] : [], 'service'))
    }
  }
  const outside = [
    ...[...devices].filter((role) => role !== undefined).map((role) => `${wordsOfRole(role)} with an API key`),
    ...(callersOf(architecture).length ? ['calls us by webhook'] : []),
    ...(calledFrom(architecture).length ? ['is called by us'] : []),
  ]
  if (outside.length) boxes.push(sized(OUTSIDE, 'The world outside', outside, 'people'))
  return boxes
}

/** The box of devices and of other systems; no component can have a space in its name. */
const OUTSIDE = 'the world'

/** Components that are called from outside by webhook. */
const callersOf = (architecture: Architecture): string[] =>
  Object.entries(architecture.components).flatMap(([name, { ports }]) =>
    Object.values(ports).some(
      (port) => port.kind === 'rpc' && Object.values((port as RpcPort).ops ?? {}).some(({ webhook }) => webhook),
    )
      ? [name]
      : [],
  )

/** Components that call the world outside. */
const calledFrom = (architecture: Architecture): string[] =>
  Object.entries(architecture.components).flatMap(([name, { ports }]) =>
    Object.values(ports).some((port) => port.kind === 'rpc' && (port as RpcPort).external) ? [name] : [],
  )

const sized = (id: string, title: string, lines: string[], kind: Box['kind']): Box => {
  // Inter's mean advance is a little under 0.6 em; a picture has room for the error.
  const widest = Math.max(title.length * titleSize * 0.62, ...lines.map((line) => line.length * lineSize * 0.6))
  return {
    id,
    title,
    lines,
    kind,
    width: Math.max(120, Math.ceil(widest) + 40),
    height: 42 + (lines.length ? lines.length * lineHeight + 10 : 0),
    x: 0,
    y: 0,
  }
}

const linesOf = (architecture: Architecture, boxes: Box[]): Line[] => {
  const lines: Line[] = []
  const exposed = new Set(architecture.expose.map((exposure) => splitEndpoint(exposure.port).component))
  for (const component of exposed) lines.push({ from: 'people', to: component, dashed: false })
  for (const link of architecture.links)
    lines.push({ from: splitEndpoint(link.from).component, to: splitEndpoint(link.to).component, dashed: false })
  for (const component of callersOf(architecture)) lines.push({ from: OUTSIDE, to: component, dashed: false })
  for (const component of calledFrom(architecture)) lines.push({ from: component, to: OUTSIDE, dashed: false })
  // References to accounts are nearly everywhere and say little.
  const account = accountModelOf(architecture)
  const storeOf = new Map(
    Object.entries(architecture.components).flatMap(([name, component]) =>
      roleOf(component) === 'store' ? [[(Object.values(component.ports)[0] as StorePort).model, name] as const] : [],
    ),
  )
  for (const [name, model] of Object.entries(architecture.models))
    for (const field of Object.values(model.fields)) {
      const target = refOf(field.type)?.model
      const [from, to] = [storeOf.get(name), target && storeOf.get(target)]
      if (from && to && from !== to && target !== account) lines.push({ from, to, dashed: true })
    }
  const known = new Set(boxes.map((box) => box.id))
  const firstAt = new Map<string, number>()
  for (const [index, line] of lines.entries()) {
    const key = `${line.from} ${line.to}`
    if (!firstAt.has(key)) firstAt.set(key, index)
  }
  return lines.filter(
    (line, index) => known.has(line.from) && known.has(line.to) && firstAt.get(`${line.from} ${line.to}`) === index,
  )
}

type Point = { x: number; y: number }

const layOut = async (boxes: Box[], lines: Line[]): Promise<{ width: number; height: number; routes: Point[][] }> => {
  const { default: Elk } = await import('elkjs/lib/elk.bundled.js')
  const elk = new (Elk as unknown as typeof import('elkjs/lib/elk-api.js').default)()
  const request: ElkNode = {
    id: 'root',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'RIGHT',
      'elk.edgeRouting': 'ORTHOGONAL',
      'elk.layered.spacing.nodeNodeBetweenLayers': '64',
      'elk.spacing.nodeNode': '24',
      'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
      'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
      'elk.padding': '[top=28,left=28,bottom=28,right=28]',
    },
    children: boxes.map(({ id, width, height, kind }) => ({
      id,
      width,
      height,
      ...(kind === 'people' ? { layoutOptions: { 'elk.layered.layering.layerConstraint': 'FIRST' } } : {}),
    })),
    edges: lines.map((line, index) => ({ id: `line${index}`, sources: [line.from], targets: [line.to] })),
  }
  const graph = await elk.layout(request)
  for (const box of boxes) {
    const child = graph.children?.find((node) => node.id === box.id)
    box.x = child?.x ?? 0
    box.y = child?.y ?? 0
  }
  const routes = lines.map((_, index) => {
    const section = (graph.edges as ElkExtendedEdge[] | undefined)?.[index]?.sections?.[0]
    return section ? [section.startPoint, ...(section.bendPoints ?? []), section.endPoint] : []
  })
  return { width: Math.ceil(graph.width ?? 0), height: Math.ceil(graph.height ?? 0), routes }
}

/** Boxes in columns, in the blueprint's order, without lines. */
const tile = (boxes: Box[], lines: Line[]): { width: number; height: number; routes: Point[][] } => {
  const rows = Math.ceil(Math.sqrt(boxes.length * 4))
  const [gap, padding] = [14, 28]
  let x = padding
  let height = 0
  for (let start = 0; start < boxes.length; start += rows) {
    const column = boxes.slice(start, start + rows)
    let y = padding
    for (const box of column) {
      box.x = x
      box.y = y
      y += box.height + gap
    }
    height = Math.max(height, y - gap + padding)
    x += Math.max(...column.map((box) => box.width)) + gap
  }
  return { width: x - gap + padding, height, routes: lines.map(() => []) }
}

const colours = {
  people: { fill: '#fdf6e9', stroke: '#d9a441', title: '#7a5410' },
  service: { fill: '#eef2ff', stroke: '#6478d8', title: '#2c3a8c' },
  store: { fill: '#ecf8f1', stroke: '#4c9f74', title: '#1d5c3d' },
} as const

const render = (boxes: Box[], lines: Line[], routes: Point[][], width: number, height: number): string => {
  const paths = lines.map((line, index) => {
    if (routes[index]!.length === 0) return ''
    const d = roundedPath(routes[index]!)
    return `<path d="${d}" fill="none" stroke="${line.dashed ? '#9aa3b2' : '#5b6475'}" stroke-width="1.5"${line.dashed ? ' stroke-dasharray="5 4"' : ''} marker-end="url(#${line.dashed ? 'weak' : 'strong'})"/>`
  })
  const cards = boxes.map((box) => {
    const colour = colours[box.kind]
    const radius = box.kind === 'people' ? 18 : 10
    const texts = box.lines.map(
      (line, index) =>
        `<text x="${box.x + 20}" y="${box.y + 48 + index * lineHeight}" font-size="${lineSize}" fill="#3d4554">${escapeXml(line)}</text>`,
    )
    return [
      `<g><rect x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" rx="${radius}" fill="${colour.fill}" stroke="${colour.stroke}" stroke-width="1.5"/>`,
      `<text x="${box.x + 20}" y="${box.y + 27}" font-size="${titleSize}" font-weight="600" fill="${colour.title}">${escapeXml(box.title)}</text>`,
      ...texts,
      '</g>',
    ].join('')
  })
  const marker = (id: string, colour: string) =>
    `<marker id="${id}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" fill="${colour}"/></marker>`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Inter, system-ui, sans-serif">`,
    `<defs>${marker('strong', '#5b6475')}${marker('weak', '#9aa3b2')}</defs>`,
    `<rect width="${width}" height="${height}" rx="14" fill="#ffffff"/>`,
    ...paths,
    ...cards,
    '</svg>',
  ].join('\n')
}

/** Corners with a radius of six, so that crossing lines can be told apart. */
const roundedPath = (points: Point[]): string => {
  const radius = 6
  return points
    .map((point, index) => {
      if (index === 0) return `M${point.x} ${point.y}`
      const next = points[index + 1]
      if (!next) return `L${point.x} ${point.y}`
      const before = towards(point, points[index - 1]!, radius)
      const after = towards(point, next, radius)
      return `L${before.x} ${before.y}Q${point.x} ${point.y} ${after.x} ${after.y}`
    })
    .join('')
}

const towards = (from: Point, to: Point, most: number): Point => {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1
  const step = Math.min(most, length / 2)
  return { x: from.x + ((to.x - from.x) / length) * step, y: from.y + ((to.y - from.y) / length) * step }
}

const escapeXml = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)

const titleCase = (name: string): string => {
  const words = toWords(name)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const describe = (architecture: Architecture): string => {
  const stores = Object.entries(architecture.models).map(([name, model]) => pluralWords(name, model))
  const paths = architecture.expose.map((exposure) => exposure.path)
  const roles = Object.keys(architecture.policies.roles).map((role) =>
    role === ANYONE ? 'everyone' : wordsOfRole(role),
  )
  return `Diagram: ${roles.length ? `people (${joinWords(roles)}) reach` : 'everyone reaches'} ${joinWords(paths)}; the system stores ${joinWords(stores)}.`
}
