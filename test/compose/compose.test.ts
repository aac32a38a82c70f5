import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { listSettings } from '#config';

const PROJECT = path.resolve(__dirname, '../..');
const read = (name: string) => readFileSync(path.join(PROJECT, name), 'utf8');
const all = (text: string, pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map((match) => match[1]!))];

const compose = read('docker-compose.yml');
const dockerfile = read('Dockerfile');

describe('docker-compose.yml and the image', () => {
  test('every setting of docker-compose.yml is explained in .env.example, and no other', () => {
    const asked = all(compose, /\$\{([A-Z_]+)/g);
    const explained = all(read('.env.example'), /^#?([A-Z_]+)=/gm);
    expect(explained.sort()).toEqual(asked.sort());
  });

  test('every setting passed to our programs is one they read', () => {
    const handed = all(/^x-environment:[^]*?(?=^services:)/m.exec(compose)![0], /^ {2}([A-Z_]+):/gm);
    const known = listSettings().flatMap(({ settings }) => settings.map(({ name }) => name));
    // The last one is for node-postgres itself.
    expect(handed.filter((name) => !known.includes(name))).toEqual(['PGPASSWORD']);
  });

  test('every program that compose or the image starts has its source', () => {
    const programs = all(compose + dockerfile, /\bdist\/([\w./-]+)\.js\b/g);
    expect(programs.length).toBeGreaterThanOrEqual(3);
    expect(programs.filter((program) => !existsSync(path.join(PROJECT, `${program}.ts`)))).toEqual([]);
  });

  test('the image has no race lab, and so no program without guards', () => {
    const build = dockerfile.slice(0, dockerfile.indexOf('COPY --from=build'));
    expect(build).toMatch(/^RUN rm -rf dist\/apps\/race-lab$/m);
    expect(build.indexOf('rm -rf dist/apps/race-lab')).toBeGreaterThan(build.indexOf('nest build'));
  });

  test('the build context holds exactly what the Dockerfile copies: no secret, nothing missing', () => {
    const copied = all(dockerfile, /^COPY (?!--from)(.+) \S+$/gm).flatMap((names) => names.split(' '));
    const seen = all(read('.dockerignore'), /^!(.+)$/gm);
    expect(seen.sort()).toEqual([...new Set(copied)].sort());
    expect(seen.filter((name) => !existsSync(path.join(PROJECT, name)))).toEqual([]);
    expect(read('.dockerignore')).toMatch(/^\*$/m);
  });
});
