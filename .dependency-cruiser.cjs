/** Who may import whom. Down, never up or sideways; see ARCHITECTURE.md. */
const LAYERS = {
  config: [],
  errors: [],
  process: ['config'],
  'crash-points': [],
  idempotency: ['crash-points'],
  locking: ['config', 'errors', 'observability', 'redis'],
  answers: ['errors'],
  validation: ['errors'],
  database: ['config', 'errors'],
  redis: ['config'],
  observability: ['config'],
  audit: ['database', 'errors', 'config'],
  auth: ['answers', 'config', 'database', 'errors', 'redis', 'validation'],
  payments: [
    'answers',
    'audit',
    'auth',
    'config',
    'crash-points',
    'database',
    'errors',
    'idempotency',
    'locking',
    'validation',
  ],
};

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'libs-never-import-apps', severity: 'error', from: { path: '^libs/' }, to: { path: '^apps/' } },
    {
      name: 'apps-keep-apart',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'rooms-have-one-door',
      severity: 'error',
      comment: 'Import a room by its index.',
      from: { path: '^(?:apps|libs)/([^/]+)/' },
      to: { path: '^libs/', pathNot: ['^libs/[^/]+/src/index\\.ts$', '^libs/$1/'] },
    },
    {
      name: 'simulator-imports-no-room',
      severity: 'error',
      comment: 'It stands in for Stripe: what it shared with us, a test could not find wrong.',
      from: { path: '^apps/stripe-simulator/' },
      to: { path: '^libs/' },
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      from: { path: '^(apps|libs|scripts)/' },
      to: { path: '^test/' },
    },
    {
      name: 'no-dev-dependencies',
      severity: 'error',
      from: { path: '^(apps|libs)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg'] },
    },
    {
      name: 'every-room-has-a-layer',
      severity: 'error',
      from: {},
      to: { path: '^libs/', pathNot: `^libs/(${Object.keys(LAYERS).join('|')})/` },
    },
    ...Object.entries(LAYERS).map(([room, may]) => ({
      name: `${room}-imports-only-below`,
      severity: 'error',
      from: { path: `^libs/${room}/` },
      to: { path: '^libs/', pathNot: `^libs/(${[room, ...may].join('|')})/` },
    })),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      conditionNames: ['types', 'import', 'node', 'default'],
      extensions: ['.ts', '.mjs', '.js'],
    },
  },
};
