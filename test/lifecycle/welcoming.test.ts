import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { cleanUp, newFolder, npmStart } from './support/npm-start.js';

jest.setTimeout(150_000);
afterEach(cleanUp);

// A slim container with Node alone has no curl, and whoever has none will not paste this.
const testWithCurl = spawnSync('curl', ['--version']).status === 0 ? test : test.skip;

testWithCurl(
  'the command that npm start prints works when pasted: it lists what the demo patient can pay for',
  async () => {
    const run = npmStart(newFolder());
    await run.url();
    const command = /^curl .*$/m.exec(run.output())![0];

    const { stdout } = await promisify(execFile)('sh', ['-c', command]);

    const answer = JSON.parse(stdout) as { status_code: number; data: { consultations: { status: string }[] } };
    expect(answer.status_code).toBe(200);
    expect(answer.data.consultations.map(({ status }) => status)).toContain('open');
    run.ctrlC();
    expect(await run.ended()).toBe(0);
  },
);
