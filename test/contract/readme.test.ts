import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DEMO_INSTRUCTIONS } from '../../scripts/start/demo-instructions.mjs';
import { ask } from '../support/http.js';
import { loadDemoData } from '../support/demo-data.js';
import { useStack } from '../support/use-stack.js';

const walkThrough = readFileSync(path.resolve(__dirname, '../../README.md'), 'utf8')
  .split(/^## /m)
  .find((part) => part.startsWith('The walk-through'))!;
const blocks = (language: string) =>
  [...walkThrough.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm'))].map((match) => match[1]!);
const commands = blocks('bash').flatMap((block) => block.match(/curl [^]*?(?=\\\n {2}\| jq|\| jq)/g) ?? []);
const answers = blocks('json').map((text) => JSON.parse(text) as unknown);

/** What differs from day to day: times, request ids, the time within an invoice's number, and what is drawn for a reference. */
function masked(value: unknown): unknown {
  const text = JSON.stringify(value)
    .replace(/"request_id":"[^"]+"/g, '"request_id":"…"')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '…')
    .replace(/INV-\d{14}-/g, 'INV-…-')
    .replace(/RF\d\d1[A-Z]{3}/g, 'RF…');
  return JSON.parse(text);
}

describe("the README's walk-through", () => {
  const stack = useStack({
    beforeStart: loadDemoData,
    settings: { LOGIN_ENABLED: 'true', ...DEMO_INSTRUCTIONS },
  });

  /** Sends what the curl command would, to our API instead of port 3000. */
  function send(command: string, tokens: Record<string, string>) {
    const { pathname } = new URL(/http:\/\/localhost:3000\S+/.exec(command)![0]);
    const headers: Record<string, string> = {};
    for (const [, name, value] of command.matchAll(/-H "([^:]+): ([^"]+)"/g)) {
      headers[name!.toLowerCase()] = value!.replace(/\$(\w+)/, (_, variable: string) => tokens[variable]!);
    }
    const body = /-d (['"])([^]*?)\1/.exec(command)![2]!;
    const isForm = headers['content-type'] === undefined;
    return ask(stack.api.url, pathname, {
      body,
      headers: isForm ? { 'content-type': 'application/x-www-form-urlencoded' } : headers,
    });
  }

  it('answers as it is printed there', async () => {
    expect([commands.length, answers.length]).toEqual([4, 3]);
    const [login, create, staffLogin, confirm] = commands as [string, string, string, string];
    const tokens: Record<string, string> = {};
    tokens.TOKEN = (await send(login, tokens)).body.data.token;
    tokens.STAFF = (await send(staffLogin, tokens)).body.data.token;
    const replies = [await send(create, tokens), await send(create, tokens), await send(confirm, tokens)];
    expect(replies.map((reply) => masked(reply.body))).toEqual(answers.map(masked));
  });
});
