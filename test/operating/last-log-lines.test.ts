import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const LINES = 2_000;

/** Logs many lines at once and then ends in one way; the log goes to a pipe, as under a container runtime. */
const program = (end: string) => `
  import { parseConfig } from '#config';
  import { stopInOrder } from '#process';
  import { pinoHttp } from 'pino-http';
  import { loggerOptions } from './dist/libs/observability/src/logging.module.js';
  const config = parseConfig({ DATABASE_URL: 'postgres://payonce@localhost/payonce', JWT_SECRET: 'x'.repeat(32) });
  const { logger } = pinoHttp(loggerOptions(config, false));
  stopInOrder(async () => logger.info('Stopped'));
  for (let n = 0; n < ${LINES}; n++) logger.info({ n }, 'Said');
  ${end}
`;

describe('the last log lines', () => {
  it.each([
    ['after an uncaught exception', `throw new Error('uncaught');`, LINES],
    ['when the process exits', `process.exit(3);`, LINES],
    ['after SIGTERM', `process.kill(process.pid, 'SIGTERM'); setInterval(() => {}, 1_000);`, LINES + 1],
  ])('are written %s', (_, end, expected) => {
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', program(end)], {
      cwd: join(import.meta.dirname, '../..'),
      encoding: 'utf8',
      timeout: 30_000,
    });
    const lines = stdout.split('\n').filter((line) => line !== '');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toHaveLength(expected);
  });
});
