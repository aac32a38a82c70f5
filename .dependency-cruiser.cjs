/** Who may import whom. Down, never up or sideways; see ARCHITECTURE.md. */
const LAYERS = {
  config: [],
  errors: [],
  process: ['config'],
  'crash-points': [],
  'payment-client': [],
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
      name: 'web-imports-the-client-only',
      severity: 'error',
      comment: 'What runs in a browser has no server room in it.',
      from: { path: '^apps/web/' },
      to: { path: '^libs/', pathNot: '^libs/payment-client/' },
    },
    {
      name: 'servers-have-no-client',
      severity: 'error',
      from: { path: '^apps/', pathNot: '^apps/web/' },
      to: { path: '^libs/payment-client/' },
    },
    {
      name: 'payment-client-imports-nothing',
      severity: 'error',
      comment: 'But vue, in an entry of its own: it is the page that brings it.',
      from: { path: '^libs/payment-client/src/' },
      to: { pathNot: ['^libs/payment-client/src/', '^node_modules/vue/'] },
    },
    {
      name: 'payment-client-needs-no-vue',
      severity: 'error',
      from: { path: '^libs/payment-client/src/', pathNot: '/vue\\.ts$' },
      to: { path: '^node_modules/vue/' },
    },
    {
      name: 'rooms-have-one-door',
      severity: 'error',
      comment: 'Import a room by its index; the client has three.',
      from: { path: '^(?:apps|libs)/([^/]+)/' },
      to: {
        path: '^libs/',
        pathNot: ['^libs/[^/]+/src/index\\.ts$', '^libs/$1/', '^libs/payment-client/src/(flow|vue)\\.ts$'],
      },
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
      // The client's build, and its peer.
      from: { path: '^(apps|libs)/', pathNot: '^libs/payment-client/(build\\.mjs|src/vue\\.ts)$' },
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
    exclude: { path: '^(libs/payment-client/)?dist/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      conditionNames: ['types', 'import', 'node', 'default'],
      extensions: ['.ts', '.mjs', '.js'],
    },
  },
};
