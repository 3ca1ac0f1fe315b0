/** The arrows between the rooms: schemas <- deploy <- pipeline <- queue <- bot; platforms never import each other. */
const rooms = ['schemas', 'deploy', 'pipeline', 'queue', 'bot']

/** Which room may name a library; everybody else goes through it. */
const libraries = {
  'bullmq|ioredis': '^(queue|bench|test|scripts)/',
  'drizzle-orm|@electric-sql/pglite': '^(queue|bench|test|scripts)/',
  fastify: '^bot/web/',
  '@fastify': '^bot/web/',
  '@slack': '^(bot/slack|scripts/gallery|test|bench)/',
  'discord.js|discord-api-types': '^(bot/discord|scripts/gallery|test|bench)/',
  'elkjs|@resvg/resvg-js': '^pipeline/blueprint/',
  'ajv|ajv-formats': '^(schemas|pipeline/blueprint)/',
  '@marcbachmann/cel-js': '^(pipeline/expressions|test/expressions)/',
  'csv-parse': '^pipeline/blueprint/table/',
  '@apidevtools/swagger-parser': '^pipeline/blueprint/contract/',
}

module.exports = {
  forbidden: [
    ...rooms.map((room, index) => ({
      name: `${room}-imports-downwards-only`,
      severity: 'error',
      from: { path: `^${room}/` },
      to: { path: `^(${[...rooms.slice(index + 1), 'test', 'bench', 'scripts'].join('|')})/` },
    })),
    {
      name: 'platforms-apart',
      severity: 'error',
      from: { path: '^bot/(web|terminal|slack|discord)/' },
      to: { path: '^bot/(web|terminal|slack|discord)/', pathNot: '^bot/$1/' },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: { path: '^(schemas|deploy|pipeline|queue|bot)/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    ...Object.entries(libraries).map(([library, allowed]) => ({
      name: `one-room-for-${library.replace(/[^a-z]/g, '-')}`,
      severity: 'error',
      from: { path: '^(schemas|deploy|pipeline|queue|bot|test|bench|scripts)/', pathNot: allowed },
      to: { path: `node_modules/(${library})/` },
    })),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    exclude: { path: '(^test/fixtures/|/python/)' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.json'],
      conditionNames: ['import', 'node', 'default', 'types'],
      exportsFields: ['exports'],
    },
  },
}
