import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const PROJECT = path.resolve(__dirname, '../..');
const markdownIn = (folder: string) =>
  readdirSync(path.join(PROJECT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.join(folder, name));

/** Pages for readers who follow them step by step. docs/adr describes the state at the time of each decision. */
const pages = ['README.md', 'docs/production.md', 'docs/pages.md', 'docs/integrate', 'docs/contributing'].flatMap(
  (page) => (page.endsWith('.md') ? [page] : markdownIn(page)),
);

/** Files, folders and tests in code spans: `libs/errors/src/`, `npm test -- test/locking`. Not patterns. */
function namedIn(text: string): string[] {
  const spans = [...text.matchAll(/`([^`\n]+)`/g)].map((match) => match[1]!);
  const words = spans.flatMap((span) =>
    span.startsWith('npm test -- ') ? span.slice(12).split(' -t ')[0]!.split(' ') : [span],
  );
  return words.filter((word) => /^(apps|libs|scripts|test)\/[\w./-]+$/.test(word));
}

describe('files that the documentation names', () => {
  it.each(pages)('in %s exist', (page) => {
    const missing = namedIn(readFileSync(path.join(PROJECT, page), 'utf8')).filter(
      (name) => !['', '.test.ts', '.ts'].some((ending) => existsSync(path.join(PROJECT, `${name}${ending}`))),
    );
    expect(missing).toEqual([]);
  });

  it('and ARCHITECTURE.md names every folder of apps, libs and scripts', () => {
    const architecture = readFileSync(path.join(PROJECT, 'ARCHITECTURE.md'), 'utf8');
    const foldersIn = (folder: string) =>
      readdirSync(path.join(PROJECT, folder), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name);
    const wanted = [
      ...['apps', 'libs'].flatMap((place) => foldersIn(place).map((name) => `${place}/${name}`)),
      ...foldersIn('scripts').map((name) => `  ${name}`),
    ];
    expect(wanted.filter((name) => !new RegExp(`^${name} `, 'm').test(architecture))).toEqual([]);
  });

  it('are found at all', () => {
    expect(pages.flatMap((page) => namedIn(readFileSync(path.join(PROJECT, page), 'utf8'))).length).toBeGreaterThan(40);
  });
});
