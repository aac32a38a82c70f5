import { DEFAULTS } from '../../apps/web/src/app/config.js';
import { startApi } from '../support/processes.js';
import { useStack } from '../support/use-stack.js';

/** Status codes and headers of pages, assets and routes; links are not followed. */
async function look(url: string, headers: Record<string, string> = {}) {
  const answer = await fetch(url, { headers, redirect: 'manual' });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

describe('the pages beside the API', () => {
  const stack = useStack({ settings: { LOGIN_ENABLED: 'true', RACE_LAB_URL: 'http://127.0.0.1:9' } });

  test.each(['/pay', '/pay/', '/pay?payment=1&session_id=cs_1', '/console', '/console/payments/1', '/lab'])(
    '%s serves the page, not cached, with a CSP without other origins',
    async (path) => {
      const { status, headers, text } = await look(stack.api.url + path);
      expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      expect(text).toContain('<div id="app">');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      const policy = headers.get('content-security-policy')!;
      for (const rule of ["default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"])
        expect(policy.split('; ')).toContain(rule);
      expect(policy).not.toMatch(/unsafe|\*|https?:/);
      // Nothing in it that this policy would not run.
      expect(text).not.toMatch(/<script(?![^>]* src=)|<style| style=| on\w+=/);
    },
  );

  test('the root leads to the pay page', async () => {
    const { status, headers } = await look(stack.api.url);
    expect([status, headers.get('location')]).toEqual([302, '/pay']);
  });

  test('every asset of the page is served, cached immutably, and compressed if accepted', async () => {
    const { text } = await look(`${stack.api.url}/pay`);
    const paths = [...text.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path]) => path!);
    expect(paths.length).toBeGreaterThanOrEqual(3);
    for (const path of paths) {
      const plain = await look(stack.api.url + path, { 'accept-encoding': 'identity' });
      expect([plain.status, plain.headers.get('content-encoding')]).toEqual([200, null]);
      expect(plain.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      for (const encoding of ['br', 'gzip']) {
        const packed = await look(stack.api.url + path, { 'accept-encoding': encoding });
        expect(packed.headers.get('content-encoding')).toBe(encoding);
        expect(packed.headers.get('vary')).toBe('accept-encoding');
        expect(packed.text).toBe(plain.text);
      }
    }
  });

  test.each([
    '/api',
    '/api/v1/nothing',
    '/nothing',
    '/pay.html',
    '/index.html',
    '/payments',
    '/assets/',
    '/assets/nothing.js',
    '/assets/..%2f..%2fapi%2fsrc%2fmain.js',
    '/assets/%2e%2e/index.html',
  ])('%s is 404 in the envelope', async (path) => {
    const { status, text } = await look(stack.api.url + path);
    expect(status).toBe(404);
    expect(JSON.parse(text)).toMatchObject({ status_code: 404, code: 'ROUTE_NOT_FOUND' });
  });

  const BROWSER = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };
  test.each(['/nothing', '/payments?x=1', '/pay.html', '/apis', '/index.html'])(
    '%s in a browser: 404, and a page that says so with the same CSP',
    async (path) => {
      const { status, headers, text } = await look(stack.api.url + path, BROWSER);
      expect([status, headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
      expect(text).toContain('<div id="app">');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('x-request-id')).toMatch(/./);
    },
  );

  test.each(['/api', '/api/v1/nothing', '/api?x', '/assets', '/assets/nothing.js'])(
    '%s is 404 in the envelope, in a browser too',
    async (path) => {
      const { status, text } = await look(stack.api.url + path, BROWSER);
      expect([status, (JSON.parse(text) as { code: string }).code]).toEqual([404, 'ROUTE_NOT_FOUND']);
    },
  );

  test('/favicon.ico is served', async () => {
    const { status, headers, text } = await look(`${stack.api.url}/favicon.ico`);
    expect([status, headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
    expect(headers.get('cache-control')).toBe('public, max-age=86400');
    expect(text).toMatch(/^<svg /);
  });

  test('API and metrics keep their paths', async () => {
    expect(JSON.parse((await look(`${stack.api.url}/api/v1/health`)).text)).toMatchObject({ status_code: 200 });
    expect((await look(`${stack.api.url}/metrics`)).text).toContain('# HELP');
    expect((await look(`${stack.api.url}/api/v1/payments`)).status).toBe(401);
  });

  test('only GET is served: a POST to a page is refused in the envelope', async () => {
    const answer = await fetch(`${stack.api.url}/pay`, { method: 'POST' });
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([404, 'ROUTE_NOT_FOUND']);
  });

  test('/app-config.json contains no secret; in production it has no race lab', async () => {
    const facts = await look(`${stack.api.url}/app-config.json`);
    expect(JSON.parse(facts.text)).toEqual({
      login: true,
      lab: true,
      page_methods: [],
      simulated: false,
      external_methods: [],
    });
    // The pages' own list: a member missing on either side would silently never be used.
    expect(Object.keys(JSON.parse(facts.text) as object).sort()).toEqual(Object.keys(DEFAULTS).sort());
    expect(facts.headers.get('cache-control')).toBe('no-store');

    const production = await startApi({ DATABASE_URL: stack.database.url, NODE_ENV: 'production' });
    try {
      expect(JSON.parse((await look(`${production.url}/app-config.json`)).text)).toMatchObject({
        login: false,
        lab: false,
      });
      for (const path of ['/lab', '/lab/1']) expect((await look(production.url + path)).status).toBe(404);
      expect((await look(`${production.url}/pay`)).status).toBe(200);
    } finally {
      await production.stop();
    }
  });
});
