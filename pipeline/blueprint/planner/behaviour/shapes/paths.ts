import { standsAside } from '../../../names.ts'
import { commonDepth } from '../../assemble/base-path.ts'
import { plural, sentence } from '../../language/words.ts'
import type { Shape, ShapeReader } from './shape.ts'

const path = /["'`]?(\/[a-z0-9/_.-]*)["'`]?/i
/** All words of a sentence that only says what addresses begin with. */
const words = new Set(
  `use set make change put serve move moves mount host run prefix prefixes prefixed base path paths url urls uri route routes
  endpoint endpoints api apis address addresses everything it all every each the a an our this whole root with as to be is are
  under at below from in on behind start starts begin begins should must live lives of for resources beginning starting
  available reachable versioned version them they have has get new`.split(/\s+/),
)

/** "Prefix everything with /api", "put it under /api/v2", "use /api as prefix": what all addresses begin with. */
const readPrefix: ShapeReader = (text) => {
  const said = text.replace(/\(?,? ?(?:without|instead of|rather than|not|no) ["'`]?\/?\w*["'`]?\)?$/i, '').trim()
  const found = path.exec(said)
  if (!found) {
    if (
      /^(?:no|drop the|remove the|without (?:the|an?)|do not use (?:the|an?)) (?:\/?v1|version|\/v1\/?|prefix)(?: (?:in|from) (?:the )?(?:paths?|urls?))?(?: prefix)?$/i.test(
        text,
      )
    )
      return prefix('/')
    const version =
      /^(?:use|make|call|set|bump|move|switch)?(?: ?it| ?the (?:api|paths?|urls?|api version))?(?: ?to)?(?: ?version ?|[ /]*v)(\d+)(?: of the api)?(?: (?:in the (?:paths?|urls?)|as (?:the )?(?:prefix|version)|prefix))?$/i.exec(
        text,
      )
    return version
      ? { set: (_, draft) => setPrefix(draft, `/v${version[1]}`), rule: `All paths begin with /v${version[1]}.` }
      : undefined
  }
  const others =
    `${said.slice(0, found.index)} ${said.slice(found.index + found[0].length)}`.toLowerCase().match(/[\p{L}]+/gu) ?? []
  if (
    /^(?:no|drop|remove|without) /i.test(said) &&
    others.every((word) => words.has(word) || /^(?:no|drop|remove|without)$/.test(word))
  )
    return prefix('/')
  if (others.length === 0 || !others.every((word) => words.has(word))) return undefined
  if (
    !/prefix|base|under|below|start|begin|everything|\ball\b|\bit\b|\bapi\b|paths|urls|routes|endpoints|mount|serve/i.test(
      said,
    ) &&
    !/^\/(?:api|v\d)/i.test(found[1]!)
  )
    return undefined
  return prefix(found[1]!)
}

const setPrefix = (draft: Parameters<Shape['set']>[1], base: string): void => {
  const depth = commonDepth(draft.architecture)
  for (const exposure of draft.architecture.expose.filter((one) => !standsAside(one)))
    exposure.path = `${base}/${exposure.path
      .split('/')
      .slice(depth + 1)
      .join('/')}`
}

const prefix = (said: string): Shape => {
  const base = said.toLowerCase().replaceAll('_', '-').replace(/\/+$/, '').replace(/\/+/g, '/')
  return {
    set: (_, draft) => setPrefix(draft, base),
    rule: `All paths begin with ${base || '/'}.`,
  }
}

const own = [
  /^(?:put|serve|expose|move|mount|offer|show|list|have) (?:the |all |our )?([\p{L}-]+(?: [\p{L}-]+)?) (?:under|at|below|on|to|in) (?:the )?(?:path |url |address )?["'`]?(\/[a-z0-9/_-]+)["'`]?$/iu,
  /^(?:(?:rename|change|move|set) )?(?:the )?(?:path|url|address|route|endpoint) (?:of|for) (?:the |all |our )?([\p{L}-]+(?: [\p{L}-]+)?) (?:is|should be|must be|to|from \S+ to) ["'`]?(\/[a-z0-9/_-]+)["'`]?$/iu,
  /^(?:the |all |our )?([\p{L}-]+(?: [\p{L}-]+)?) (?:should |must )?(?:be |are |live |lives |go |stand )?(?:found |served |reachable |available |listed )?(?:under|at|below) (?:the )?(?:path |url |address )?["'`]?(\/[a-z0-9/_-]+)["'`]?$/iu,
]

/** "Put tools under /inventory/tools": where one thing is found. */
const readOwnPath: ShapeReader = (text) => {
  const found = own.map((pattern) => pattern.exec(text)).find((one) => one)
  if (!found) return undefined
  const at = found[2]!.toLowerCase().replaceAll('_', '-').replace(/\/+$/, '')
  return {
    set: (_, draft) => {
      const model = draft.findModel(found[1]!)
      const exposure = draft.architecture.expose.find(({ port }) => port === model?.endpoint)
      if (exposure) exposure.path = at
    },
    needs: found[1]!,
    rule: `${sentence(plural(found[1]!.toLowerCase().replace(/s$/, '')))} are at ${at}.`,
  }
}

/** Where things are found. */
export const readPaths: ShapeReader = (text) => readPrefix(text) ?? readOwnPath(text)
