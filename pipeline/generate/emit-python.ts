/** Returns a Python string literal, in the quotes that need fewer backslashes. */
export const text = (value: string): string => {
  const double = JSON.stringify(value)
  if (!value.includes('"') || value.includes("'")) return double
  return `'${double.slice(1, -1).replaceAll('\\"', '"')}'`
}

/** Returns a Python literal of a JSON value. */
export const literal = (value: unknown): string => {
  if (value === null || value === undefined) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return text(value)
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  return `{${Object.entries(value)
    .map(([key, item]) => `${text(key)}: ${literal(item)}`)
    .join(', ')}}`
}

const WIDTH = 110

/** Returns the lines of a docstring: one line where it fits, else wrapped. What people wrote cannot end it early. */
export const docstring = (words: string, indent = ''): string[] => {
  const safe = words.replaceAll('\\', '\\\\').replaceAll('"', "'").replace(/\s+/g, ' ').trim()
  if (indent.length + safe.length + 6 <= WIDTH) return [`${indent}"""${safe}"""`]
  const lines: string[] = []
  let line = ''
  for (const word of safe.split(' ')) {
    if (line && indent.length + line.length + word.length + 1 > WIDTH - 10) {
      lines.push(line)
      line = word
    } else line = line ? `${line} ${word}` : word
  }
  lines.push(line)
  return [`${indent}"""${lines[0]}`, ...lines.slice(1).map((each) => `${indent}${each}`), `${indent}"""`]
}

/** Names that a module imports: module -> names; no names for `import module`. */
export type Imports = { [module: string]: readonly string[] }

/** Returns what several parts of a module import, together. */
export const mergedImports = (...parts: readonly Imports[]): Imports => {
  const modules = new Set(parts.flatMap((part) => Object.keys(part)))
  return Object.fromEntries(
    [...modules].map((module) => [module, [...new Set(parts.flatMap((part) => part[module] ?? []))]]),
  )
}

const STANDARD = new Set(['collections.abc', 'datetime', 'decimal', 'pathlib', 'typing', 'uuid'])
const OWN = /^(app|runtime)(\.|$)/

const rank = (name: string): number => (/^[A-Z0-9_]+$/.test(name) && name.length > 1 ? 0 : /^[A-Z]/.test(name) ? 1 : 2)

const byName = (a: string, b: string): number => rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0)

const importLine = (module: string, names: readonly string[]): string => {
  if (!names.length) return `import ${module}`
  const sorted = [...new Set(names)].sort(byName)
  const line = `from ${module} import ${sorted.join(', ')}`
  return line.length <= 120 ? line : `from ${module} import (\n${sorted.map((name) => `    ${name},\n`).join('')})`
}

/** Returns import statements in the order that ruff wants: standard library, packages, own modules. */
export const importBlock = (imports: Imports): string => {
  const modules = Object.keys(imports).sort((a, b) => {
    const kind = Number(imports[a]!.length > 0) - Number(imports[b]!.length > 0)
    return kind || (a < b ? -1 : 1)
  })
  const section = (keep: (module: string) => boolean): string =>
    modules
      .filter((module) => keep(module.split(' ')[0]!))
      .map((module) => importLine(module, imports[module]!))
      .join('\n')
  return [
    section((module) => STANDARD.has(module)),
    section((module) => !STANDARD.has(module) && !OWN.test(module)),
    section((module) => OWN.test(module)),
  ]
    .filter((part) => part)
    .join('\n\n')
}

/** Returns a module: docstring, imports, and parts; two empty lines stand around classes and functions, one elsewhere. */
export const pythonModule = (words: string, imports: Imports, parts: readonly string[]): string => {
  const block = importBlock(imports)
  let module = [...docstring(words), ...(block ? ['', block] : [])].join('\n')
  let wide = false
  for (const part of parts) {
    const definition = /^(class|def|async def|@)/.test(part)
    module += `${wide || definition ? '\n\n\n' : '\n\n'}${part}`
    wide = definition
  }
  return `${module}\n`
}
