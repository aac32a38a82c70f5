import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const PROJECT = path.resolve(__dirname, '../..');
const REGISTERED = /metrics\.(?:counter|gauge|histogram)\(\s*'(payonce_\w+)'/g;
/** What Prometheus adds to the name of a histogram. */
const SERIES = /_(?:bucket|count|sum)$/;

const namesIn = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([whole, name]) => name ?? whole);

function registered(): string[] {
  return ['apps', 'libs'].flatMap((folder) =>
    readdirSync(path.join(PROJECT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !/node_modules|\bdist\b/.test(file))
      .flatMap((file) => namesIn(readFileSync(path.join(PROJECT, folder, file), 'utf8'), REGISTERED)),
  );
}

it('docs/monitoring.md names every metric that is registered, and no other', () => {
  const page = readFileSync(path.join(PROJECT, 'docs/monitoring.md'), 'utf8');
  const documented = new Set(namesIn(page, /payonce_\w+/g).map((name) => name.replace(SERIES, '')));
  expect([...documented].sort()).toEqual([...new Set(registered())].sort());
});
