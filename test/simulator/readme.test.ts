import { readFileSync } from 'node:fs';
import path from 'node:path';

const read = (name: string) => readFileSync(path.resolve(__dirname, '../../apps/stripe-simulator', name), 'utf8');
const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1]!);
const sorted = (words: string[]) => [...new Set(words)].sort();

describe("the simulator's README", () => {
  const readme = read('README.md');

  test('names every call of the control API, and no other', () => {
    const source = read('src/control/routes.ts');
    const built = [
      ...all(source, /step\(\s*'([^']+)'/g).map((url) => `POST /_sim/${url}`),
      ...all(source, /app\.get\('([^']+)'/g).map((url) => `GET ${url}`),
      ...all(source, /app\.post\('([^']+)'/g).map((url) => `POST ${url}`),
    ].map((call) => call.replaceAll(':id', '{id}'));
    expect(sorted(all(readme, /`((?:GET|POST) \/_sim\/[^`]+)`/g))).toEqual(sorted(built));
  });

  test('names every environment variable it reads, and no other', () => {
    expect(sorted(all(readme, /^\| `((?:SIMULATOR|STRIPE)_[A-Z_]+)`/gm))).toEqual(
      sorted(all(read('src/configuration.ts'), /^ {2}((?:SIMULATOR|STRIPE)_[A-Z_]+):/gm)),
    );
  });

  test('names every fault', () => {
    const rules = read('src/faults/rules.ts');
    const faults = all(rules.slice(rules.indexOf('faultsSchema')), /^ {2}(\w+):/gm);
    const webhooks = all(rules, /^ {6}(\w+): z\./gm).map((name) => `webhooks.${name}`);
    for (const name of [...faults.filter((fault) => fault !== 'webhooks'), ...webhooks]) {
      expect(readme).toMatch(new RegExp(`^\\| \`${name.replace('.', '\\.')}`, 'm'));
    }
    expect(faults.length + webhooks.length).toBeGreaterThan(12);
  });
});
