import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const PROJECT = path.resolve(__dirname, '../..');
const read = (name: string) => readFileSync(path.join(PROJECT, name), 'utf8');

/** The rows of the page's tables, each as the text of its cells. */
const rows = read('docs/documents.md')
  .split('\n')
  .filter((line) => line.startsWith('|') && !/^\| (asked for|-+) /.test(line))
  .map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
const scripts = (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts;

/** What is wrong with a command; undefined when what it names exists. */
function fault(command: string): string | undefined {
  const test = /^npm (?:test|run test:system) -- test\/(\S+)(?: -t '([^']+)')?$/.exec(command);
  if (test) return faultOfTest(`test/${test[1]}.test.ts`, test[2]);
  const spec = /^npm run test:unit -- ((?:apps|libs|scripts)\/\S+)(?: -t '([^']+)')?$/.exec(command);
  if (spec) return faultOfTest(`${spec[1]}.spec.ts`, spec[2]);
  const script = /^npm run (\S+)/.exec(command)?.[1] ?? /^npm (test|start)$/.exec(command)?.[1];
  if (script !== undefined) return script in scripts ? undefined : `there is no npm script ${script}`;
  const file = /^node (\S+)/.exec(command)?.[1];
  if (file !== undefined) return existsSync(path.join(PROJECT, file)) ? undefined : `${file} does not exist`;
  return command.startsWith('curl http://localhost:3000/') ? undefined : `“${command}” is no command`;
}

function faultOfTest(file: string, title: string | undefined): string | undefined {
  if (!existsSync(path.join(PROJECT, file))) return `${file} does not exist`;
  return title === undefined || read(file).includes(title) ? undefined : `${file} has no test “${title}”`;
}

describe('docs/documents.md', () => {
  it('has a row for each requirement of three documents, with what happens and a command', () => {
    expect(rows.length).toBeGreaterThan(100);
    expect(rows.filter((cells) => cells.length !== 3 || cells.includes(''))).toEqual([]);
  });

  it.each(rows.map(([asked, , commands]) => [asked!, commands!]))('%s', (_, commands) => {
    const named = [...commands.matchAll(/`([^`]+)`/g)].map((match) => match[1]!);
    expect(named).not.toEqual([]);
    expect(named.map(fault).filter(Boolean)).toEqual([]);
    // Nothing but commands.
    expect(commands.replaceAll(/`[^`]+`/g, '').trim()).toBe('');
  });
});
