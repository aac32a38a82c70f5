/** Who may import whom. Down, never up or sideways; see ARCHITECTURE.md. */
const LAYERS = {
  config: [],
  errors: [],
  process: ['config'],
  'crash-points': [],
  sockets: [],
  'payment-client': [],
  idempotency: ['crash-points'],
  locking: ['config', 'database', 'errors', 'observability', 'redis'],
  answers: ['errors'],
  validation: ['errors'],
  database: ['config', 'errors', 'observability', 'sockets'],
  redis: ['config', 'sockets'],
  observability: ['config'],
  audit: ['database', 'errors', 'config'],
  auth: ['answers', 'config', 'database', 'errors', 'redis', 'validation'],
  stripe: ['config', 'crash-points', 'errors', 'observability'],
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
    'observability',
    'stripe',
    'validation',
  ],
  webhooks: [
    'answers',
    'audit',
    'auth',
    'config',
    'crash-points',
    'database',
    'errors',
    'locking',
    'observability',
    'payments',
    'stripe',
    'validation',
  ],
};

/**
 * Inside libs/payments: use cases → provider → ledger; stripe and manual implement the provider's port over the ledger; staff
 * has the routes for staff, including decisions about objects that only Stripe or a bank has.
 */
const PAYMENTS_USE_CASES = ['payments', 'checkout', 'refunds', 'consultations', 'products', 'closing'];
const PAYMENTS_LAYERS = {
  ledger: [],
  provider: ['ledger'],
  manual: ['provider', 'ledger'],
  stripe: ['provider', 'ledger'],
  ...Object.fromEntries(PAYMENTS_USE_CASES.map((folder) => [folder, [...PAYMENTS_USE_CASES, 'provider', 'ledger']])),
  staff: [...PAYMENTS_USE_CASES, 'stripe', 'manual', 'provider', 'ledger'],
};

/** Inside libs/payments/src/stripe. Files directly in it (provider, module, worker job) may import all of these. */
const STRIPE_LAYERS = {
  objects: [],
  inbox: [],
  requests: [],
  receipts: [],
  attempts: ['objects'],
  disputes: ['inbox', 'objects'],
  refunds: ['disputes', 'requests', 'inbox', 'objects'],
  sessions: ['refunds', 'requests', 'inbox', 'objects'],
  'catch-up': ['sessions', 'refunds', 'disputes', 'objects'],
  events: ['catch-up', 'sessions', 'refunds', 'disputes', 'attempts', 'inbox', 'objects'],
};

/**
 * One rule for each folder of `place`: which of its sibling folders it may import.
 * @param {string} name
 * @param {string} place
 * @param {Record<string, string[]>} layers
 */
const importsOnlyBelow = (name, place, layers) => [
  {
    name: `every-folder-of-${name}-has-a-layer`,
    severity: 'error',
    from: {},
    to: { path: `^${place}[^/]+/`, pathNot: `^${place}(${Object.keys(layers).join('|')})/` },
  },
  ...Object.entries(layers).map(([folder, may]) => ({
    name: `${name}-${folder}-imports-only-below`,
    severity: 'error',
    from: { path: `^${place}${folder}/` },
    to: { path: `^${place}`, pathNot: `^${place}(${[folder, ...may].join('|')})/` },
  })),
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'libs-never-import-apps', severity: 'error', from: { path: '^libs/' }, to: { path: '^apps/' } },
    {
      name: 'the-oracle-shares-no-code',
      severity: 'error',
      comment: 'The money oracle must not repeat the errors of what it judges.',
      from: { path: '^scripts/prove/oracle/' },
      to: { pathNot: '^scripts/prove/oracle/', dependencyTypesNot: ['core', 'type-only'] },
    },
    {
      name: 'apps-keep-apart',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'web-imports-the-client-only',
      severity: 'error',
      comment: 'Code for the browser imports no server library.',
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
      comment: 'Except vue, in a separate entry: the page provides it as a peer dependency.',
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
      name: 'import-libraries-by-index',
      severity: 'error',
      comment: 'Import a library by its index; the browser client has four entries.',
      from: { path: '^(?:apps|libs)/([^/]+)/' },
      to: {
        path: '^libs/',
        pathNot: [
          '^libs/[^/]+/src/index\\.ts$',
          '^libs/$1/',
          '^libs/payment-client/src/(flow|payment-service|vue)\\.ts$',
        ],
      },
    },
    {
      name: 'simulator-imports-no-library',
      severity: 'error',
      comment: 'It stands in for Stripe: tests could not detect a mistake in code that both sides share.',
      from: { path: '^apps/stripe-simulator/' },
      to: { path: '^libs/' },
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      from: { path: '^(apps|libs|scripts)/' },
      to: { path: '^test/' },
    },
    { name: 'nothing-imports-specs', severity: 'error', from: {}, to: { path: '\\.spec\\.ts$' } },
    {
      name: 'no-dev-dependencies',
      severity: 'error',
      // Allowed: the client's build and its peer, and the pages, whose dependencies are bundled.
      from: {
        path: '^(apps|libs)/',
        pathNot: '\\.spec\\.ts$|^(libs/payment-client/(build\\.mjs|src/vue\\.ts)$|apps/web/)',
      },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg'] },
    },
    {
      name: 'every-library-has-a-layer',
      severity: 'error',
      from: {},
      to: { path: '^libs/', pathNot: `^libs/(${Object.keys(LAYERS).join('|')})/` },
    },
    ...Object.entries(LAYERS).map(([library, may]) => ({
      name: `${library}-imports-only-below`,
      severity: 'error',
      from: { path: `^libs/${library}/` },
      to: { path: '^libs/', pathNot: `^libs/(${[library, ...may].join('|')})/` },
    })),
    ...importsOnlyBelow('payments', 'libs/payments/src/', PAYMENTS_LAYERS),
    ...importsOnlyBelow('stripe-payments', 'libs/payments/src/stripe/', STRIPE_LAYERS),
    {
      name: 'only-the-stripe-provider-knows-stripe',
      severity: 'error',
      from: { path: '^libs/payments/src/', pathNot: '^libs/payments/src/(stripe|staff)/' },
      to: { path: '^libs/stripe/' },
    },
    {
      name: 'the-ledger-knows-no-requests',
      severity: 'error',
      from: { path: '^libs/payments/src/ledger/' },
      to: { path: '^libs/(idempotency|validation)/' },
    },
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
